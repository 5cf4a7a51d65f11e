// What all views share: making elements, and the decisions, kept by this browser until they are exported.
"use strict";

// Everything from a document goes in as text, never as HTML: archives are not to be trusted.
function make(name, properties = {}, ...children) {
  const { data, aria, ...plain } = properties;
  const node = Object.assign(document.createElement(name), plain);
  Object.assign(node.dataset, data || {});
  for (const [key, value] of Object.entries(aria || {})) node.setAttribute(`aria-${key}`, value);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function both(vietnamese, english) {
  return [vietnamese + " ", make("small", { lang: "en" }, english)];
}

// What a number counts, in English.
function nounFor(number, one) {
  return number === 1 ? one : `${one}s`;
}

function shown(value) {
  if (value === undefined || value === null) return "";
  return typeof value === "number" ? value.toLocaleString("vi-VN", { maximumFractionDigits: 4 }) : String(value);
}

const decisions = {
  columns: ["fact_id", "table", "action", "field", "value", "was", "check_id", "note"],
  prefix: "ntm-extract:",

  // All that was decided about a fact: one acceptance or rejection, or a correction of each of some fields.
  get(factId) {
    return JSON.parse(localStorage.getItem(this.prefix + factId) || "[]");
  },

  // A correction stands beside those of other fields; anything else stands alone.
  add(docId, decision) {
    const others = this.get(decision.fact_id).filter((one) => decision.action === "correct" && one.action === "correct" && one.field !== decision.field);
    localStorage.setItem(this.prefix + decision.fact_id, JSON.stringify([...others, { note: "", check_id: "", field: "", value: "", doc_id: docId, ...decision }]));
    this.tell();
  },

  drop(factId) {
    localStorage.removeItem(this.prefix + factId);
    this.tell();
  },

  // Of this archive's documents only: one browser may review several archives.
  all() {
    const ours = new Set(ntm.archive.documents.map((one) => one.doc_id));
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(this.prefix))
      .flatMap((key) => JSON.parse(localStorage.getItem(key)))
      .filter((one) => ours.has(one.doc_id));
  },

  // The file that the next run reads: what it held before, then what was decided here, the later in place of the earlier.
  csv() {
    const subject = (one) => [one.fact_id || one.check_id, one.field, one.action === "correct" ? "" : one.check_id].join("|");
    const rows = new Map();
    const decided = this.all();
    const again = new Map(decided.map((one) => [one.fact_id, one.action]));
    const stands = (one) => !again.has(one.fact_id) || (one.action === "accept" && again.get(one.fact_id) === "accept");
    for (const one of ntm.archive.decisions) if (stands(one)) rows.set(subject(one), one);
    for (const one of decided) rows.set(subject(one), one);
    const cell = (text) => {
      const guarded = /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
      return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
    };
    const lines = [...rows.values()].map((one) => this.columns.map((name) => cell(String(one[name] ?? ""))).join(","));
    return "\ufeff" + [this.columns.join(","), ...lines].join("\r\n") + "\r\n";
  },

  export() {
    const url = URL.createObjectURL(new Blob([this.csv()], { type: "text/csv" }));
    make("a", { href: url, download: "corrections.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  },

  tell() {
    document.getElementById("decided").replaceChildren(...both(`${this.all().length} quyết định`, nounFor(this.all().length, "decision")));
  },
};
