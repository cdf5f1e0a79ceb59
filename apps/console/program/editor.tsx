import { autocompletion, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint'
import { Annotation, EditorState, type Text } from '@codemirror/state'
import { EditorView, highlightActiveLine, hoverTooltip, keymap, lineNumbers } from '@codemirror/view'
import type { Finding } from '@laurel/engine'
import { tags } from '@lezer/highlight'
import { type RefObject, useEffect, useRef } from 'react'
import { useLatest } from './use-latest.ts'
import { completeWords, meaningAt } from './word-help.ts'

/** What whoever holds an editor can ask of it. */
export interface EditorHandle {
  /** Puts the cursor there, and what stands there in sight. */
  goTo(line: number): void
}

/** On a change that nobody has typed. */
const isGiven = Annotation.define<boolean>()

const colours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--third)' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
  { tag: tags.string, color: 'var(--information)' },
  { tag: [tags.punctuation, tags.separator], color: 'var(--second)' },
])

const look = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--surface)', maxHeight: '72vh' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { font: '12px / 18px var(--mono)', overflow: 'auto' },
  '.cm-content': { padding: '12px 0', caretColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--third)', borderInlineEnd: '1px solid var(--line)' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--accent-soft) 55%, transparent)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--line)',
    borderRadius: '8px',
    boxShadow: 'var(--shadow)',
    maxWidth: '440px',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent-soft)', color: 'var(--ink)' },
  '.cm-completionDetail': { color: 'var(--second)', fontStyle: 'normal' },
  '.cm-completionInfo': { font: '13px / 18px var(--sans)', padding: '8px 12px' },
  '.cm-meaning': { font: '13px / 18px var(--sans)', padding: '8px 12px' },
  '.cm-meaning strong': { display: 'block' },
  // The library draws its marks as pictures in the style sheet, which the policy of the page does not load.
  '.cm-lint-marker': { content: '""', width: '8px', height: '8px', marginBlock: '5px', borderRadius: '50%' },
  '.cm-lint-marker-info': { content: '""', backgroundColor: 'var(--information)' },
  '.cm-lint-marker-warning': { content: '""', backgroundColor: 'var(--warning)' },
  '.cm-lint-marker-error': { content: '""', backgroundColor: 'var(--bad)' },
  '.cm-lintRange': { backgroundImage: 'none', textDecoration: 'underline wavy', textDecorationThickness: '1px' },
  '.cm-lintRange-info': { backgroundImage: 'none', textDecorationColor: 'var(--information)' },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecorationColor: 'var(--warning)' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecorationColor: 'var(--bad)' },
  '.cm-lintRange-active': { backgroundColor: 'var(--warning-soft)' },
  '.cm-diagnostic': { font: '13px / 18px var(--sans)', padding: '6px 12px' },
})

/** The document: coloured, completed and explained as the language says; it is checked by whoever holds it. */
export function Editor({
  document,
  label,
  findings,
  handle,
  onType,
  onLine,
}: {
  readonly document: string
  readonly label: string
  readonly findings: readonly Finding[]
  readonly handle: RefObject<EditorHandle | null>
  /** Absent: it can be read, not written. */
  readonly onType?: ((text: string) => void) | undefined
  /** The line on which the cursor stands, from 1. */
  readonly onLine: (line: number) => void
}) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useLatest({ document, onType, onLine })
  const isReadOnly = onType === undefined
  useEffect(() => {
    if (place.current === null) return
    const made = new EditorView({
      parent: place.current,
      doc: latest.current.document,
      extensions: [
        ...[lineNumbers(), history(), highlightActiveLine(), indentOnInput(), EditorView.lineWrapping],
        ...[yaml(), syntaxHighlighting(colours), look, lintGutter(), hoverTooltip(meaningAt)],
        autocompletion({ override: [completeWords], icons: false }),
        // Tab goes on to what comes next on the page: nobody who uses a keyboard is held here.
        keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
        EditorState.readOnly.of(isReadOnly),
        EditorView.cspNonce.of(globalThis.__webpack_nonce__ ?? ''),
        EditorView.contentAttributes.of({
          'aria-label': label,
          spellcheck: 'false',
          tabindex: '0',
          'aria-readonly': String(isReadOnly),
        }),
        EditorView.updateListener.of((update) => {
          const isTyped = update.transactions.some((each) => each.docChanged && each.annotation(isGiven) !== true)
          if (isTyped) latest.current.onType?.(update.state.doc.toString())
          if (update.docChanged || update.selectionSet) {
            latest.current.onLine(update.state.doc.lineAt(update.state.selection.main.head).number)
          }
        }),
      ],
    })
    view.current = made
    handle.current = {
      goTo: (line) => {
        const { from } = made.state.doc.line(Math.min(line, made.state.doc.lines))
        made.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) })
        made.focus()
      },
    }
    return () => {
      handle.current = null
      view.current = null
      made.destroy()
    }
  }, [label, isReadOnly, handle, latest])

  // What was typed comes back as it is; only another document is put in its place.
  useEffect(() => {
    const current = view.current
    if (current === null || current.state.doc.toString() === document) return
    current.dispatch({
      changes: { from: 0, to: current.state.doc.length, insert: document },
      annotations: isGiven.of(true),
    })
  }, [document])

  useEffect(() => {
    const current = view.current
    if (current === null) return
    current.dispatch(
      setDiagnostics(
        current.state,
        findings.map((finding) => diagnosticOf(current.state.doc, finding)),
      ),
    )
  }, [findings])

  return <div ref={place} className="sheet editor" />
}

function diagnosticOf(text: Text, { severity, line, column, message, instead }: Finding): Diagnostic {
  const { from: begin, to: end } = text.line(Math.min(Math.max(1, line), text.lines))
  const from = Math.min(begin + Math.max(0, column - 1), end)
  const rest = text.sliceString(from, end)
  const word = /^[^\s,}\]:]+/.exec(rest)?.[0].length ?? rest.length
  return {
    ...{ from, to: Math.min(end, from + Math.max(1, word)) },
    severity: severity === 'note' ? 'info' : severity,
    message: `${message} ${instead}`,
  }
}
