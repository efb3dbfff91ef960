// How the widget looks. `all: initial` keeps the page's styles out; `--lectern-…` and `::part` let those in that are meant.

export const STYLES = `
:host { display: block; }
:host([hidden]), [hidden] { display: none !important; }
.root {
  all: initial; visibility: inherit; color-scheme: light dark;
  --ink: var(--lectern-ink, light-dark(#1f2124, #e6e4df));
  --quiet: var(--lectern-quiet, light-dark(#5b6068, #a5a9af));
  --paper: var(--lectern-paper, light-dark(#fff, #1b1e22));
  --line: var(--lectern-line, light-dark(#8d8a82, #7a7f86));
  --accent: var(--lectern-accent, light-dark(#14566b, #86c5d8));
  --accent-ink: var(--lectern-accent-ink, light-dark(#fff, #10222a));
  --mark: var(--lectern-mark, light-dark(#ffe79a, #5c4a12));
  --mark-ink: var(--lectern-mark-ink, light-dark(#1f2124, #fff4d0));
  --round: var(--lectern-radius, 6px);
  display: block; position: relative; box-sizing: border-box; min-width: 0; padding: var(--lectern-padding, 0.75em);
  font: var(--lectern-font-size, medium)/1.5 var(--lectern-font, system-ui, sans-serif);
  color: var(--ink); background: var(--paper); border-radius: var(--round); overflow-wrap: anywhere;
}
:host([theme="light"]) .root { color-scheme: light; }
:host([theme="dark"]) .root { color-scheme: dark; }
:host([font="inherit"]) .root { font: inherit; font-size: var(--lectern-font-size, inherit); }
.root *, .root { text-align: start; }
* { box-sizing: border-box; }
p, ol { margin: 0; padding: 0; list-style: none; }
input, button { font: inherit; color: inherit; margin: 0; padding: 0.4em 0.7em; border-radius: var(--round); min-height: 2.5em; }
form { display: flex; flex-wrap: wrap; gap: 0.5em; margin: 0; }
.field { position: relative; flex: 1 1 9em; min-width: 0; }
input { width: 100%; border: 1px solid var(--line); background: var(--paper); }
input::placeholder { color: var(--quiet); opacity: 1; }
button { border: 1px solid var(--accent); background: var(--accent); color: var(--accent-ink); font-weight: 600; cursor: pointer; }
button.plain { background: none; color: var(--accent); font-weight: inherit; min-height: 2em; padding: 0.1em 0.6em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); text-underline-offset: 0.18em; border-radius: 2px; }
.list {
  position: absolute; inset-inline: 0; top: calc(100% + 2px); z-index: 9; max-height: 20em; overflow: auto;
  padding: 0.3em; border: 1px solid var(--line); border-radius: var(--round); background: var(--paper);
  box-shadow: 0 4px 16px #0003;
}
.list p { padding: 0.2em 0.5em; font-size: 0.8em; color: var(--quiet); }
[role="option"] { display: flex; flex-wrap: wrap; gap: 0 0.5em; padding: 0.4em 0.5em; min-height: 36px; border-radius: 4px; cursor: pointer; }
[role="option"]:hover { outline: 1px solid var(--accent); outline-offset: -1px; }
[role="option"][aria-selected="true"] { background: var(--accent); color: var(--accent-ink); }
[aria-selected="true"] .quiet { color: inherit; }
.label { flex: 1; min-width: 0; }
.quiet { color: var(--quiet); font-size: 0.875em; }
.status { margin-top: 0.6em; }
.status:empty { margin: 0; }
.status > button { margin-inline-start: 0.3em; }
li { padding: 0.7em 0; border-top: 1px solid color-mix(in srgb, var(--line) 40%, transparent); }
li:first-child { margin-top: 0.6em; }
.title { font-weight: 600; }
.question, .answer { margin-top: 0.35em; }
.question { color: var(--quiet); }
.who { font-size: 0.875em; font-weight: 600; }
mark { background: var(--mark); color: var(--mark-ink); border-radius: 2px; }
.more { margin-top: 0.6em; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (forced-colors: active) {
  [aria-selected="true"] { outline: 2px solid Highlight !important; outline-offset: -2px; }
  mark { text-decoration: underline; }
}
`;
