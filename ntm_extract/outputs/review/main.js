// The archive as a table that sorts and searches, and the way between the views: the hash names a document or nothing.
"use strict";

const COLUMNS = [
  ["source", "Tệp", "file"], ["kind", "Loại", "kind"], ["number", "Số", "number"], ["date", "Ngày", "date"],
  ["place", "Đơn vị", "place"], ["pages", "Trang", "pages"], ["facts", "Số liệu", "facts"],
  ["failed", "Kiểm tra hỏng", "failed checks"], ["unsure", "Chưa chắc", "unsure"], ["status", "Trạng thái", "status"],
];
const sorting = { by: "failed", down: true };
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D").toLowerCase();
const order = new Intl.Collator("vi", { numeric: true });

function archiveView() {
  const search = make("input", { type: "search", id: "search", placeholder: "Tìm (có dấu hoặc không)… / search" });
  const body = make("tbody");
  const heads = COLUMNS.map(([key, vietnamese, english]) => {
    const button = make("button", { type: "button" }, ...both(vietnamese, english));
    button.onclick = () => {
      sorting.down = sorting.by === key ? !sorting.down : false;
      sorting.by = key;
      fill();
    };
    return make("th", { scope: "col", data: { key } }, button);
  });
  const found = make("p", { className: "note", aria: { live: "polite" } });
  const fill = () => {
    const wanted = plain(search.value).split(/\s+/).filter(Boolean);
    const key = sorting.by;
    const rows = ntm.archive.documents.filter((row) => wanted.every((word) => row.key.includes(word)));
    rows.sort((a, b) => (typeof a[key] === "number" ? a[key] - b[key] : order.compare(a[key] ?? "", b[key] ?? "")) * (sorting.down ? -1 : 1));
    heads.forEach((head) => head.setAttribute("aria-sort", head.dataset.key !== key ? "none" : sorting.down ? "descending" : "ascending"));
    body.replaceChildren(...rows.map((row) => make("tr", { data: { id: row.doc_id } }, ...COLUMNS.map(([name]) => {
      const text = shown(row[name]);
      const inner = name === "source" ? make("a", { href: `#${row.doc_id}` }, text) : text;
      const bad = (name === "failed" && row.failed) || (name === "status" && row.status !== "ok");
      return make("td", { className: [typeof row[name] === "number" ? "number" : "", bad ? "bad" : ""].join(" ").trim() }, inner);
    }))));
    found.replaceChildren(...both(`${rows.length} / ${ntm.archive.documents.length} tài liệu`, nounFor(ntm.archive.documents.length, "document")));
  };
  search.oninput = fill;
  for (const row of ntm.archive.documents) row.key ??= plain(Object.values(row).join(" "));
  fill();
  const { criteria, money, quality } = ntm.archive.plots;
  const plots = [criteria.length && criteriaPlot(criteria), money.length && moneyPlot(money), quality.length && qualityPlot(quality)];
  main.replaceChildren(
    make("section", { className: "plots" }, ...plots.filter(Boolean)),
    make("section", { className: "archive" }, make("label", { className: "search" }, ...both("Tìm tài liệu", "Search"), search), found,
      make("div", { className: "wide" }, make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body))),
  );
}

const main = document.getElementById("main");

function show() {
  const id = location.hash.slice(1);
  document.onkeydown = null;
  window.scrollTo(0, 0);
  if (ntm.archive.documents.some((one) => one.doc_id === id)) ntm.open(id, documentView);
  else archiveView();
}

document.getElementById("export").onclick = () => decisions.export();
window.onhashchange = show;
decisions.tell();
show();
