/** Text that is safe to stand in a page. Only `html` makes it: what is put in is escaped unless it was made so itself. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | null | Html | readonly Html[]

/** A piece of a page. Nothing is put into a script, a style or an attribute without quotes, where escaping would not do. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(texts.map((text, index) => text + textOf(parts[index] ?? null)).join(''))
}

function textOf(part: Part): string {
  if (part === null) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'number') return String(part)
  return typeof part === 'string' ? escaped(part) : part.map((each) => each.text).join('')
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '')

/** A whole page. */
export function pageOf(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Laurel</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
${body}
</body>
</html>
`.text
}
