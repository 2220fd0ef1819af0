/** The look of a report: no file of its own beside it, nothing loaded from anywhere, and fit for paper. */
export const styles = `
:root { color-scheme: light; --line: #d5dbd8; --dim: #5c6763; --pass: #1c6b3c; --fail: #a8201f; --none: #7a5200; --accent: #0f5c55; }
* { box-sizing: border-box; }
body { color: #17211e; background: #fff; font: 14px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; margin: 0 auto; max-width: 1040px; padding: 24px 20px 60px; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { border-bottom: 1px solid var(--line); font-size: 17px; margin: 28px 0 10px; padding-bottom: 4px; }
.dim { color: var(--dim); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: 5px 10px 5px 0; text-align: left; vertical-align: top; }
thead th { color: var(--dim); font-weight: 500; }
tbody th { font-weight: 500; min-width: 90px; overflow-wrap: anywhere; }
td { overflow-wrap: anywhere; }
.number { text-align: right; white-space: nowrap; }
.note { background: #fdf3d7; border-left: 3px solid var(--none); margin: 12px 0; padding: 8px 12px; }
figure { margin: 12px 0; }
figcaption { font-weight: 600; margin-bottom: 4px; }
svg { display: block; height: auto; max-width: 100%; min-width: 600px; }
svg text { fill: #17211e; font: 12px system-ui, sans-serif; }
svg .tick { fill: var(--dim); text-anchor: middle; }
svg .grid { stroke: var(--line); }
svg .zero { stroke: var(--dim); }
svg .bar { stroke: var(--accent); stroke-width: 2; }
svg .point { fill: var(--accent); }
.text { background: #f3f6f5; border-radius: 4px; font: 12.5px/1.5 ui-monospace, Menlo, Consolas, monospace; margin: 2px 0 8px; overflow-wrap: anywhere; padding: 6px 9px; unicode-bidi: isolate; white-space: pre-wrap; }
article { border: 1px solid var(--line); border-radius: 6px; break-inside: avoid; margin: 10px 0; padding: 10px 12px 4px; }
article h3 { display: flex; flex-wrap: wrap; font-size: 14px; gap: 10px; margin: 0 0 6px; overflow-wrap: anywhere; }
.label { color: var(--dim); font-size: 12px; }
.answers { display: grid; gap: 0 14px; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); }
.passed, .fixed, .better { color: var(--pass); font-weight: 600; }
.failed, .broken, .worse { color: var(--fail); font-weight: 600; }
.no_answer, .error { color: var(--none); font-weight: 600; }
@page { margin: 15mm; }
@media print { body { max-width: none; padding: 0; } .scroll { overflow: visible; } h2, h3, figcaption { break-after: avoid; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`;

const chart = `
<figure>
<figcaption>{{title}}</figcaption>
<div class="scroll" role="group" tabindex="0" aria-label="{{title}}"><svg viewBox="0 0 {{width}} {{height}}" width="{{width}}" height="{{height}}" role="img" aria-label="{{title}}">
{{#each ticks}}<line class="grid" x1="{{x}}" x2="{{x}}" y1="{{../top}}" y2="{{../bottom}}"/><text class="tick" x="{{x}}" y="{{y}}">{{text}}</text>
{{/each}}
{{#if zero}}<line class="zero" x1="{{zero}}" x2="{{zero}}" y1="{{top}}" y2="{{bottom}}"/>{{/if}}
{{#each rows}}<g><title>{{fullName}}: {{text}}</title><text x="0" y="{{textY}}">{{name}}</text><line class="bar" x1="{{x1}}" x2="{{x2}}" y1="{{y}}" y2="{{y}}"/><circle class="point" cx="{{x}}" cy="{{y}}" r="4"/><text x="630" y="{{textY}}">{{text}}</text></g>
{{/each}}
</svg></div>
</figure>`;

/** Everything that comes from outside stands in double braces, which escape it; there are no triple ones. */
export const template = `<!doctype html>
<html lang="{{language}}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{policy}}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{{title}}</title>
<style>STYLES</style>
</head>
<body>
<header>
<h1>{{title}}</h1>
<p class="dim">{{made}}</p>
</header>
<main>
{{#each notes}}<p class="note">{{this}}</p>
{{/each}}
<section>
<h2>{{t.runs}}</h2>
<div class="scroll" role="group" tabindex="0" aria-label="{{t.runs}}"><table>
<thead><tr><td></td>{{#each heads}}<th scope="col">{{this}}</th>{{/each}}</tr></thead>
<tbody>{{#each facts}}<tr><th scope="row">{{name}}</th>{{#each values}}<td>{{this}}</td>{{/each}}</tr>
{{/each}}</tbody>
</table></div>
{{#each charts}}CHART
{{/each}}
</section>
{{#if pairs}}
<section>
<h2>{{verdictsTitle}}</h2>
<div class="scroll" role="group" tabindex="0" aria-label="{{verdictsTitle}}"><table>
<thead><tr><th scope="col">{{t.runName}}</th><th scope="col">{{t.verdict}}</th><th scope="col" class="number">{{t.difference}}</th><th scope="col" class="number">{{t.interval}}</th><th scope="col" class="number">{{t.fixed}}</th><th scope="col" class="number">{{t.broken}}</th><th scope="col" class="number">{{t.n}}</th><th scope="col" class="number">{{t.rawP}}</th><th scope="col" class="number">{{t.correctedP}}</th></tr></thead>
<tbody>{{#each pairs}}<tr><th scope="row">{{name}}</th><td class="{{kind}}">{{verdict}}</td><td class="number">{{difference}}</td><td class="number">{{interval}}</td><td class="number">{{fixed}}</td><td class="number">{{broken}}</td><td class="number">{{n}}</td><td class="number">{{rawP}}</td><td class="number">{{correctedP}}</td></tr>
{{#if detectable}}<tr><td></td><td colspan="8" class="dim">{{detectable}}</td></tr>{{/if}}{{#if look}}<tr><td></td><td colspan="8" class="dim">{{look}}</td></tr>{{/if}}
{{/each}}</tbody>
</table></div>
<p class="dim">{{t.holm}}</p>
</section>
{{/if}}
{{#if comments}}
<section>
<h2>{{t.comments}}</h2>
{{#each comments}}<div class="label">{{author}} · {{about}}</div><div class="text" dir="auto">{{text}}</div>
{{/each}}
</section>
{{/if}}
{{#if messages}}
<section>
<h2>{{t.prompt}}</h2>
{{#each messages}}<div class="label">{{role}}</div><div class="text" dir="auto">{{content}}</div>
{{/each}}
</section>
{{/if}}
<section>
<h2>{{casesTitle}}</h2>
{{#if cases}}<p class="dim">{{shown}}</p>{{else}}<p>{{t.noFailures}}</p>{{/if}}
{{#each cases}}<article>
<h3><span>{{key}}</span>{{#if group}}<span class="{{groupKind}}">{{group}}</span>{{/if}}</h3>
<div class="label">{{../t.input}}</div><div class="text" dir="auto">{{input}}</div>
{{#if expected}}<div class="label">{{../t.expected}}</div><div class="text" dir="auto">{{expected}}</div>{{/if}}
<div class="answers">{{#each answers}}<div>
<div class="label">{{name}} <span class="{{kind}}">{{outcome}}</span></div>
<div class="text" dir="auto">{{output}}</div>
{{#each explanations}}<p class="dim">{{this}}</p>{{/each}}
</div>{{/each}}</div>
</article>
{{/each}}
</section>
</main>
</body>
</html>
`
  .replace('STYLES', styles)
  .replace('CHART', chart);
