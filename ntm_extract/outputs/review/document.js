// One document: its pages with every fact boxed, its facts by risk, and what can be decided about each.
"use strict";

// Per-document data is a script of its own, loaded when it is wanted: pages opened from disk may not fetch().
// Data that come after another document, or the list, was opened are let go.
ntm.open = (id, then) => {
  ntm.loaded = (found) => { if (location.hash === `#${found.doc_id}`) then(found); };
  const script = make("script", { src: `docs/${id}.js`, onload: () => script.remove() });
  document.body.append(script);
};

const ACTIONS = { accept: ["Đúng", "accepted"], correct: ["Đã sửa", "corrected"], reject: ["Bỏ", "rejected"] };

function documentView(doc) {
  let current = 0;
  const facts = doc.facts;
  const pages = make("section", { className: "pages", aria: { label: "Trang" } }, ...doc.pages.map((page) => pageView(doc, page, (i) => go(i))));
  const panel = make("section", { className: "panel", aria: { live: "polite" } });
  const list = make("ol", { className: "facts" }, ...facts.map((fact, i) => {
    const item = make("button", { type: "button", onclick: () => go(i) });
    return make("li", { data: { fact: fact.fact_id } }, item);
  }));
  const name = make("h2", {}, doc.source, " ", make("small", {}, [doc.kind, doc.number, doc.date].filter(Boolean).join(" · ")));
  const keys = make("p", { className: "note keys" }, ...["j", " tiếp · ", "k", " trước · ", "a", " đúng · ", "c", " sửa · ", "r", " bỏ · ", "1", " theo đề xuất · ", "s", " in đúng như vậy · ", "u", " hoàn tác ", "Esc", " về danh sách"].map((s, i) => (i % 2 ? s : make("kbd", {}, s))),
    make("small", { lang: "en" }, " next, previous, accept, correct, reject, take the proposal, as printed, undo, back"));
  main.replaceChildren(make("div", { className: "document" }, pages, make("div", { className: "side" }, name, keys, panel, list)));

  function paint(i) {
    const fact = facts[i];
    const decided = decisions.get(fact.fact_id);
    const item = list.children[i];
    const action = decided[0]?.action ?? "";
    item.className = [i === current ? "current" : "", fact.failed.length ? "bad" : "", action].join(" ").trim();
    const waiting = decided.find((one) => one.action === "correct" && String(fact[one.field] ?? "") !== one.value); // for the next run
    const value = waiting ? `${shown(fact[waiting.field])} → ${waiting.value}` : valueOf(fact);
    item.firstChild.replaceChildren(make("b", {}, value), make("span", {}, fact.label || fact.quote), make("i", {}, action ? ACTIONS[action][0] : `${Math.round(fact.confidence * 100)} %`));
  }

  function go(i) {
    if (!facts.length) return;
    const before = current;
    current = Math.max(0, Math.min(facts.length - 1, i));
    paint(before);
    paint(current);
    panel.replaceChildren(...factView(facts[current], crop(doc, facts[current]), { decide, take, asPrinted, undo }));
    for (const box of pages.querySelectorAll(".current")) box.classList.remove("current");
    const mark = pages.querySelector(`[data-fact="${facts[current].fact_id}"]`);
    if (mark) mark.classList.add("current");
    (mark || pages.children[facts[current].page - 1])?.scrollIntoView({ block: "center" });
    list.children[current].scrollIntoView({ block: "nearest" });
  }

  function decide(action, field = "", value = "", note = "") {
    const fact = facts[current];
    const was = String(fact[field || fact.main] ?? "");
    // An acceptance of one fact does not answer a check of several: that is what "as printed" is for.
    const check_id = action === "accept" ? "" : fact.failed[0]?.check_id ?? "";
    decisions.add(doc.doc_id, { fact_id: fact.fact_id, table: fact.table, action, field, value, was, check_id, note });
    go(current + 1);
  }

  // Every field that the proposal changes, in whichever fact.
  function take(check, number) {
    const changes = check?.proposals[number] ?? [];
    for (const change of changes) decisions.add(doc.doc_id, { ...change, action: "correct", check_id: check.check_id });
    if (changes.length) after();
  }

  // The document stands so: the check is answered, and each of its facts is as printed.
  function asPrinted(check) {
    if (!check) return;
    for (const fact of facts.filter((one) => check.fact_ids.includes(one.fact_id))) {
      decisions.add(doc.doc_id, { fact_id: fact.fact_id, table: fact.table, action: "accept", was: String(fact[fact.main] ?? ""), check_id: check.check_id });
    }
    after();
  }

  function after() {
    facts.forEach((_, i) => paint(i));
    go(current + 1);
  }

  function undo() {
    decisions.drop(facts[current].fact_id);
    go(current);
  }

  facts.forEach((_, i) => paint(i));
  go(0);
  if (!facts.length) panel.append(...both("Không có số liệu.", "No facts."));
  const act = {
    j: () => go(current + 1), n: () => go(current + 1), k: () => go(current - 1), p: () => go(current - 1),
    a: () => decide("accept"), r: () => decide("reject"), u: undo, s: () => asPrinted(facts[current].failed[0]),
    1: () => take(facts[current].failed[0], 0), 2: () => take(facts[current].failed[0], 1), 3: () => take(facts[current].failed[0], 2), c: () => panel.querySelector("input[name=value]").select(),
    Escape: () => { location.hash = ""; },
  };
  document.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !act[event.key]) return;
    if (event.target.matches("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    event.preventDefault();
    if (facts.length || event.key === "Escape") act[event.key]();
  };
}

function valueOf(fact) {
  const value = fact[fact.main];
  const said = fact.table === "percentages" && fact.num !== undefined ? ` (${shown(fact.num)}/${shown(fact.den)})` : "";
  const of = fact.table === "criteria" && fact.total !== undefined ? `/${shown(fact.total)}` : "";
  const unit = { budgets: "đồng", legal_refs: "" }[fact.table] ?? fact.unit ?? "";
  return `${fact.op && fact.op !== "=" ? fact.op + " " : ""}${shown(value)}${of} ${unit}${said}`.trim() || fact.name || "–";
}

function pageView(doc, page, go) {
  const box = make("figure", { className: "page" }, make("figcaption", {}, ...both(`Trang ${page.page}`, `page ${page.page}`)));
  if (!page.image) {
    box.append(make("pre", {}, page.text));
    return box;
  }
  const sheet = make("div", { className: "sheet" }, make("img", { src: page.image, loading: "lazy", width: page.width, height: page.height, alt: `Ảnh trang ${page.page}` }));
  sheet.style.aspectRatio = `${page.width} / ${page.height}`;
  doc.facts.forEach((fact, i) => {
    if (fact.page !== page.page || fact.x0 === undefined) return;
    const mark = make("button", { type: "button", title: fact.quote, onclick: () => go(i), data: { fact: fact.fact_id }, className: fact.failed.length ? "bad" : "" });
    const part = (value, whole) => `${(100 * value) / whole}%`;
    Object.assign(mark.style, { left: part(fact.x0, page.width), top: part(fact.y0, page.height), width: part(fact.x1 - fact.x0, page.width), height: part(fact.y1 - fact.y0, page.height) });
    sheet.append(mark);
  });
  box.append(sheet);
  return box;
}

// The number as it stands on paper, large: the page's own image behind a window.
function crop(doc, fact) {
  const page = doc.pages[fact.page - 1];
  if (!page?.image || fact.x0 === undefined) return null;
  const [wide, tall, zoom] = [460, 90, 2.2];
  const view = make("div", { className: "crop", role: "img", aria: { label: "Ảnh cắt của con số" } });
  const x = Math.max(0, ((fact.x0 + fact.x1) / 2) * zoom - wide / 2);
  const y = ((fact.y0 + fact.y1) / 2) * zoom - tall / 2;
  Object.assign(view.style, { backgroundImage: `url("${page.image}")`, backgroundSize: `${page.width * zoom}px auto`, backgroundPosition: `${-x}px ${-y}px` });
  const mark = make("span");
  Object.assign(mark.style, { left: `${fact.x0 * zoom - x - 3}px`, top: `${fact.y0 * zoom - y - 3}px`, width: `${(fact.x1 - fact.x0) * zoom + 6}px`, height: `${(fact.y1 - fact.y0) * zoom + 6}px` });
  view.append(mark);
  return view;
}

function factView(fact, picture, { decide, take, asPrinted, undo }) {
  const decided = decisions.get(fact.fact_id);
  const corrected = decided.find((one) => one.action === "correct");
  const own = ntm.archive.tables[fact.table];
  const field = make("select", { name: "field", title: "cột / field" }, ...own.map((name) => make("option", { value: name, selected: name === (corrected?.field || fact.main) }, name)));
  const value = make("input", { name: "value", value: corrected?.value ?? String(fact[fact.main] ?? ""), aria: { label: "Giá trị đúng" } });
  const note = make("input", { name: "note", placeholder: "ghi chú / note", value: decided[0]?.note || "" });
  field.onchange = () => { value.value = String(fact[field.value] ?? ""); };
  const form = make("form", {}, field, value, note, make("button", {}, ...both("Sửa", "Correct")));
  form.onsubmit = (event) => {
    event.preventDefault();
    document.activeElement.blur();
    decide("correct", field.value, value.value.trim(), note.value.trim());
  };
  const button = (action, vietnamese, english) => make("button", { type: "button", className: action, onclick: () => decide(action) }, ...both(vietnamese, english));
  const rows = [["Trích", "quote", fact.quote], ["Như nhận dạng", "as read", fact.quote_ocr], ["Mục", "section", fact.section], ["Quy tắc", "rule", fact.rule],
    ...own.filter((name) => fact[name] !== undefined).map((name) => ["", name, shown(fact[name])])];
  const said = rows.filter((row) => row[2]).flatMap(([vietnamese, english, text]) => [make("dt", {}, ...both(vietnamese, english)), make("dd", {}, text)]);
  const checks = fact.failed.map((check, nth) => {
    const readings = check.proposal ? check.proposal.split("; ") : [];
    const key = (name) => (nth === 0 ? make("kbd", {}, name) : "");
    return make("div", { className: "check" }, check.message, " ", make("small", { lang: "en" }, check.message_en),
      make("p", {}, ...(readings.length ? both("Đề xuất:", "proposals:") : []),
        ...check.proposals.map((_, i) => make("button", { type: "button", className: "proposal", onclick: () => take(check, i) }, key(i + 1), ` ${readings[i]}`)),
        make("button", { type: "button", className: "printed", onclick: () => asPrinted(check) }, key("s"), " ", ...both("Văn bản in đúng như vậy", "as printed"))));
  });
  return [
    make("h3", {}, valueOf(fact), " ", make("small", {}, `${fact.table} · ${Math.round(fact.confidence * 100)} %`)),
    picture, ...checks,
    make("div", { className: "actions" }, button("accept", "Đúng", "Accept"), button("reject", "Bỏ", "Reject"),
      decided.length ? make("button", { type: "button", onclick: undo }, ...both("Hoàn tác", "Undo")) : null),
    form, make("dl", {}, ...said),
  ].filter(Boolean);
}
