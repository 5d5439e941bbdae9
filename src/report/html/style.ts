/** The page's style: fonts of the reader's own system, one accent, a colour and a shape per verdict, light and dark. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #faf9f7; --card: #ffffff; --sunk: #f3f1ed; --ink: #1f1d1a; --quiet: #635e56; --line: #e2ded6; --link: #1d4f91;
  --pass: #1c6b43; --fail: #b42318; --error: #7a3ea8; --blocked: #8a5a00; --skip: #566270; --waived: #0b6a75;
  --pass-wash: #e4f2ea; --fail-wash: #fde8e5; --error-wash: #f2e8f9; --blocked-wash: #faefd8; --skip-wash: #e9ecf0; --waived-wash: #dff1f3;
  --mark-expected: #cdebd8; --mark-actual: #fbd0ca;
  --sans: ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16171a; --card: #1d1f23; --sunk: #121316; --ink: #e9e6e1; --quiet: #a5a199; --line: #33353b; --link: #8fb8f0;
    --pass: #7cd3a2; --fail: #ff9b8f; --error: #d2a5f3; --blocked: #e9bd66; --skip: #aab6c3; --waived: #79d0db;
    --pass-wash: #193328; --fail-wash: #43211d; --error-wash: #35254a; --blocked-wash: #3a2d14; --skip-wash: #292e35; --waived-wash: #163439;
    --mark-expected: #1f5137; --mark-actual: #6b2a23;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-top: 5rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 var(--sans); }
[hidden], .emptied { display: none !important; }
header, main, footer.page { max-width: 76rem; margin: 0 auto; padding: 0 1.5rem; }
h1, h2, h3, h4, h5, p, ul, dl, dd, blockquote, pre { margin: 0; padding: 0; }
ul { list-style: none; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.quiet { color: var(--quiet); font-weight: 400; }
.skip-link { position: absolute; left: 1rem; top: -4rem; padding: .5rem 1rem; background: var(--card); z-index: 3; }
.skip-link:focus { top: 1rem; }

header { padding-top: 3.5rem; padding-bottom: 1rem; }
.over { color: var(--quiet); font-size: .875rem; letter-spacing: .01em; }
.verdict { display: flex; align-items: center; gap: 1rem; margin: .6rem 0 .9rem; }
.verdict .seal { flex: none; display: grid; place-items: center; width: 3.5rem; height: 3.5rem; border-radius: 50%; font-size: 1.75rem; font-weight: 700; }
.seal.conforms { background: var(--pass-wash); color: var(--pass); }
.seal.does-not-conform, .seal.differs { background: var(--fail-wash); color: var(--fail); }
.seal.inconclusive { background: var(--blocked-wash); color: var(--blocked); }
h1 { font-size: clamp(1.7rem, 4.5vw, 2.6rem); line-height: 1.15; letter-spacing: -.022em; font-weight: 680; overflow-wrap: anywhere; }
.says { max-width: 62rem; font-size: 1.125rem; overflow-wrap: anywhere; }
.notice { margin-top: .75rem; padding: .5rem .9rem; border-left: 4px solid var(--blocked); background: var(--blocked-wash); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem 2rem; margin: 1.75rem 0; padding: 1.1rem 0; border-block: 1px solid var(--line); font-size: .9rem; }
.facts dt { color: var(--quiet); font-size: .8rem; }
.facts dd { overflow-wrap: anywhere; }
.counts { display: flex; flex-wrap: wrap; gap: .6rem; }
.counts a { display: flex; align-items: baseline; gap: .45rem; padding: .45rem .95rem .45rem .7rem; border-radius: 999px; color: inherit; text-decoration: none; background: var(--wash); }
.counts a:hover { box-shadow: inset 0 0 0 1.5px var(--tone); }
.counts b { font-size: 1.125rem; font-variant-numeric: tabular-nums; }

.pass { --tone: var(--pass); --wash: var(--pass-wash); } .fail { --tone: var(--fail); --wash: var(--fail-wash); }
.error { --tone: var(--error); --wash: var(--error-wash); } .blocked { --tone: var(--blocked); --wash: var(--blocked-wash); }
.skip { --tone: var(--skip); --wash: var(--skip-wash); } .waived { --tone: var(--waived); --wash: var(--waived-wash); }
.symbol { display: inline-block; min-width: 1.1em; text-align: center; color: var(--tone, var(--quiet)); font-weight: 700; }
.badge { display: inline-block; padding: 0 .55em; border-radius: 999px; color: var(--tone); background: var(--wash); font-size: .8125rem; font-weight: 600; white-space: nowrap; }

section { margin: 3.25rem 0; }
h2 { font-size: 1.375rem; letter-spacing: -.012em; font-weight: 650; margin-bottom: .35rem; }
.count { color: var(--quiet); font-weight: 400; font-variant-numeric: tabular-nums; }
.lead { color: var(--quiet); margin-bottom: 1rem; max-width: 48rem; }

.scroll { position: relative; overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--card); margin-top: .8rem; }
table { border-collapse: separate; border-spacing: 0; font-size: .875rem; width: 100%; }
th { text-align: left; font-weight: 600; }
.matrix { width: auto; min-width: 100%; }
.matrix th, .matrix td { padding: .22rem .45rem; }
.matrix thead th { color: var(--quiet); font-weight: 500; text-align: center; vertical-align: bottom; }
.matrix thead th[rowspan] { text-align: left; width: 1%; padding-bottom: .5rem; font-size: .8125rem; }
.matrix thead th[rowspan]:first-child { padding-left: .9rem; }
.matrix thead th[colspan] { text-align: left; padding-left: .7rem; color: var(--ink); font-weight: 600; border-left: 1px solid var(--line); padding-top: .6rem; }
.matrix thead .verb { font-size: .6875rem; letter-spacing: .02em; padding-bottom: .5rem; white-space: nowrap; }
.matrix tbody th { vertical-align: top; white-space: nowrap; line-height: 1.6rem; }
.matrix tbody th[scope=rowgroup] { padding-left: .9rem; padding-right: 1.25rem; background: var(--card); position: sticky; left: 0; z-index: 1; }
.matrix tbody th[scope=row] { font: .8125rem/1.6rem var(--mono); color: var(--quiet); padding-right: 1.5rem; }
.matrix tbody tr:first-child > * { border-top: 1px solid var(--line); }
.matrix td { text-align: center; }
.matrix .first { border-left: 1px solid var(--line); }
.mark { display: grid; place-items: center; width: 1.75rem; height: 1.6rem; margin: 0 auto; border-radius: 6px; background: var(--wash); color: var(--tone); font-weight: 700; text-decoration: none; position: relative; }
.mark.pass { background: none; }
a.mark:hover { box-shadow: inset 0 0 0 1.5px var(--tone); }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; margin-top: .7rem; font-size: .8125rem; color: var(--quiet); }
.legend b { color: var(--ink); font-weight: 600; }

ol.causes { margin: .9rem 0 1.1rem; padding-left: 1.4rem; max-width: 62rem; }
ol.causes li { margin: .25rem 0; overflow-wrap: anywhere; }
ol.causes .id { margin-right: .35rem; }
#tools { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .9rem; margin: 2.5rem -1.5rem 0; padding: .7rem 1.5rem; background: var(--paper); border-block: 1px solid var(--line); font-size: .875rem; }
#tools[hidden] { display: none; }
#filter { flex: 1 1 12rem; min-width: 0; max-width: 24rem; padding: .45rem .75rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--quiet); border-radius: 8px; }
fieldset { display: flex; flex-wrap: wrap; gap: .35rem; margin: 0; padding: 0; border: 0; min-width: 0; }
.choice { display: inline-flex; align-items: center; cursor: pointer; }
.choice input { position: absolute; opacity: 0; width: 1px; height: 1px; }
.choice input + span { padding: .2rem .7rem; border: 1px solid var(--line); border-radius: 999px; background: var(--card); }
.choice input:checked + span { background: var(--wash); border-color: var(--tone); color: var(--tone); font-weight: 600; }
.choice input:focus-visible + span { outline: 3px solid var(--link); outline-offset: 2px; }
#shown { color: var(--quiet); margin-left: auto; }
button { font: inherit; font-size: .8125rem; color: var(--link); background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .25rem .7rem; cursor: pointer; }
button:hover { border-color: var(--link); }

.requirement { margin: .6rem 0; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 10px; overflow: clip; }
.requirement > summary { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; column-gap: .85rem; padding: .8rem 1.1rem; cursor: pointer; list-style: none; }
.requirement > summary > * { grid-column: 2; }
.requirement > summary > .mark { grid-column: 1; grid-row: 1 / 4; margin-top: .15rem; }
.requirement > summary::-webkit-details-marker { display: none; }
.requirement > summary::after { content: ""; grid-column: 3; grid-row: 1 / 4; align-self: center; width: .55rem; height: .55rem; border: solid var(--quiet); border-width: 0 2px 2px 0; transform: translateY(-.15rem) rotate(45deg); }
.requirement[open] > summary::after { transform: translateY(.15rem) rotate(225deg); }
.requirement > summary:hover { background: var(--sunk); }
.requirement > summary:focus-visible { outline-offset: -3px; }
.id { font-family: var(--mono); font-size: .8125rem; font-weight: 600; white-space: nowrap; }
.level { font-size: .75rem; font-weight: 600; color: var(--quiet); letter-spacing: .03em; }
.head .quiet { font-size: .8125rem; }
.title { font-weight: 620; overflow-wrap: anywhere; }
.gist { color: var(--quiet); font-size: .875rem; overflow-wrap: anywhere; }
.requirement[open] .gist { display: none; }
.told { padding: .2rem 1.1rem 1.3rem; border-top: 1px solid var(--line); }
.told > * { margin-top: 1rem; }
.why b, .reason b, .label, h5, dt { font-size: .8rem; font-weight: 600; color: var(--quiet); }
.why b, .reason b { display: block; }
.why, .reason { max-width: 52rem; overflow-wrap: anywhere; }
.cite { padding-left: .9rem; border-left: 3px solid var(--line); font-size: .9375rem; overflow-wrap: anywhere; }
.cite p { font-style: italic; }
.cite footer { font-size: .875rem; }
.group { padding-top: 1rem; border-top: 1px dashed var(--line); }
h4 { font-size: .9375rem; font-weight: 620; margin: 1rem 0 .35rem; overflow-wrap: anywhere; }
.group > h4:first-child { margin-top: 0; }
.cases { display: flex; flex-wrap: wrap; gap: .3rem; }
.cases li { padding: 0 .5rem; border-radius: 5px; background: var(--sunk); border: 1px solid var(--line); font: .78rem/1.7 var(--mono); overflow-wrap: anywhere; unicode-bidi: isolate; }
.more { margin-top: .35rem; font-size: .875rem; } .more > summary { cursor: pointer; color: var(--link); } .more .cases { margin-top: .35rem; }
.finding { margin-top: .9rem; }
.where { font: 600 .8125rem/1.6 var(--mono); overflow-wrap: anywhere; unicode-bidi: isolate; }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: .75rem; }
.finding .pair > div { border: 1px solid var(--line); border-radius: 8px; overflow: hidden; background: var(--sunk); }
.finding dt { padding: .25rem .75rem 0; }
.finding dd { padding: .05rem .75rem .45rem; font: .8125rem/1.6 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.expected { border-top: 3px solid var(--pass) !important; } .actual { border-top: 3px solid var(--fail) !important; }
mark { color: inherit; border-radius: 3px; padding: 0 .1em; }
.expected mark { background: var(--mark-expected); text-decoration: underline; text-decoration-thickness: 1.5px; text-underline-offset: .2em; }
.actual mark { background: var(--mark-actual); text-decoration: underline wavy; text-decoration-thickness: 1px; text-underline-offset: .2em; }
.exchange { margin-top: .6rem; }
.exchange .line { font-size: .8125rem; overflow-wrap: anywhere; margin-bottom: .5rem; } .exchange .url { font-family: var(--mono); font-size: .78rem; unicode-bidi: isolate; }
h5 { margin-bottom: .2rem; }
pre { font: .78rem/1.6 var(--mono); unicode-bidi: isolate; }
.message { padding: .6rem .75rem; max-height: 22rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--sunk); border: 1px solid var(--line); border-radius: 8px; }
.message .name { color: var(--quiet); }
.cut { font-size: .8125rem; color: var(--quiet); margin-top: .3rem; }
.copyable { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .2rem .6rem; align-items: start; margin-top: .75rem; }
.copyable .label { align-self: center; }
.copyable pre { grid-row: 2; grid-column: 1 / -1; }
.copyable pre { padding: .45rem .75rem; max-height: 9rem; overflow: auto; background: var(--sunk); border: 1px solid var(--line); border-radius: 8px; white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; }

.skipped, .documented { padding: 1rem 1.1rem; margin: .6rem 0; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.skipped p { overflow-wrap: anywhere; }
.compared h3 { margin: 1.2rem 0 .5rem; }
.compared ul { padding: 0; list-style: none; }
.compared li { margin: .4rem 0; padding: .6rem .9rem; background: var(--card); border: 1px solid var(--line); border-left: 3px solid var(--line); border-radius: 8px; overflow-wrap: anywhere; }
.compared .counts-against li { border-left-color: var(--fail); }
.objections li { max-width: 62rem; overflow-wrap: anywhere; unicode-bidi: isolate; }
h3 { font-size: 1rem; font-weight: 620; }
h3 .quiet { font-size: .875rem; margin-left: .4rem; }
.ids { font: .8125rem/1.7 var(--mono); }
.all th, .all td { padding: .4rem .75rem; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
.all thead th, .all .level, .all .number { white-space: nowrap; overflow-wrap: normal; }
.all thead th { border-top: 0; color: var(--quiet); font-weight: 500; }
.all .area th { background: var(--sunk); font-weight: 620; }
.all td:nth-child(4) { min-width: 16rem; }
.all .number { text-align: right; font-variant-numeric: tabular-nums; }
.all :target, .all tr:target > * { background: var(--skip-wash); }
footer.page { padding-block: 1.5rem 3rem; color: var(--quiet); font-size: .875rem; border-top: 1px solid var(--line); margin-top: 4rem; }

@media (max-width: 44rem) {
  header, main, footer.page { padding-inline: 1rem; }
  header { padding-top: 2rem; }
  .verdict .seal { width: 2.75rem; height: 2.75rem; font-size: 1.35rem; }
  .says { font-size: 1rem; }
  #tools { position: static; margin-inline: -1rem; padding-inline: 1rem; }
  #filter { flex-basis: 100%; max-width: none; }
  #shown { margin-left: 0; }
  html { scroll-padding-top: 1rem; }
  .pair { grid-template-columns: minmax(0, 1fr); }
  .requirement > summary { padding-inline: .8rem; column-gap: .6rem; } .told { padding-inline: .8rem; }
  .matrix th, .matrix td { padding-inline: .25rem; }
  .all { min-width: 44rem; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --card: #fff; --sunk: #fff; --ink: #000; --quiet: #444; --line: #bbb; }
  body { font-size: 10pt; }
  #tools, .copy, .skip-link { display: none !important; }
  .message, .copyable pre { max-height: none; overflow: visible; }
  .scroll { overflow: visible; }
  .finding, .exchange .line, tr { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
