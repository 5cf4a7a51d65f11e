// Three plots, drawn as SVG: criteria by document, money by source, quality of pages.
"use strict";

function svg(name, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function label(x, y, text, anchor = "start") {
  return svg("text", { x, y, "text-anchor": anchor }, text);
}

function plot(vietnamese, english, note, width, height, ...shapes) {
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": vietnamese }, ...shapes);
  return make("figure", {}, make("figcaption", {}, ...both(vietnamese, english)), drawing, make("p", { className: "note" }, ...both(...note)));
}

const MOST_ROWS = 40;

function criteriaPlot(rows) {
  const kept = rows.slice(0, MOST_ROWS);
  const shapes = [];
  for (let n = 1; n <= 19; n++) shapes.push(label(215 + (n - 0.5) * 22, 14, n, "middle"));
  kept.forEach((row, i) => {
    const y = 20 + i * 20;
    const link = svg("a", { href: `#${row.doc_id}` }, label(208, y + 14, row.name.slice(-32), "end"));
    shapes.push(link);
    for (let n = 1; n <= 19; n++) {
      const share = row.shares[n - 1];
      const cell = svg("rect", { x: 215 + (n - 1) * 22, y, width: 20, height: 18, rx: 2 });
      cell.style.fill = share === null ? "var(--empty)" : `hsl(${Math.round(share * 130)} 45% 55%)`;
      cell.append(svg("title", {}, `${row.name}, ${n}: ${row.said[n - 1] || "–"}`));
      shapes.push(cell);
    }
  });
  const more = rows.length > MOST_ROWS ? ` (${MOST_ROWS}/${rows.length})` : "";
  const note = ["Phần xã đạt từng tiêu chí; xám là văn bản không nêu" + more, "share of communes that meet each criterion; grey: not stated"];
  return plot("Ma trận tiêu chí", "Criteria matrix", note, 640, 24 + kept.length * 20, ...shapes);
}

function bars(rows, width, format, name) {
  const most = Math.max(...rows.map((row) => row.value), 1e-9);
  return rows.flatMap((row, i) => {
    const y = 4 + i * 26;
    const bar = svg("rect", { x: 190, y, width: Math.max(1, (row.value / most) * (width - 300)), height: 20, rx: 3, class: name });
    return [label(182, y + 15, row.name, "end"), bar, label(196 + (row.value / most) * (width - 300), y + 15, format(row.value))];
  });
}

function moneyPlot(rows) {
  const format = (value) => `${shown(Math.round(value / 1e8) / 10)} tỷ`;
  const note = ["Cộng các khoản có nêu nguồn, trừ tổng đã có phần; cùng khoản ở hai văn bản tính hai lần", "rows with a source, without totals whose parts are listed; billions of đồng"];
  return plot("Vốn theo nguồn", "Budget by source", note, 560, 8 + rows.length * 26, ...bars(rows, 560, format, "money"));
}

function qualityPlot(rows) {
  const note = ["Số trang theo độ tin cậy trung bình của chữ", "pages by mean confidence of their words"];
  return plot("Chất lượng trang", "Quality of pages", note, 560, 8 + rows.length * 26, ...bars(rows, 560, shown, "pages"));
}
