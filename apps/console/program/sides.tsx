import { createWording } from '@laurel/contract'
import { compileProgram, type Explanation, explainProgram, type Finding, LANGUAGES } from '@laurel/engine'
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { words } from '../words/words.ts'
import { placesIn } from './document-places.ts'
import { Editor, type EditorHandle } from './editor.tsx'
import { partAt, type ToldSection, toldSections } from './told-sentences.ts'

/** What publishing would give it; nothing of it is said in a sentence. */
const unpublished = { version: 1, hash: '' }

export const wording = createWording(LANGUAGES.find((each) => each === words.language) ?? 'en')

interface Read {
  readonly explanation: Explanation | null
  readonly findings: readonly Finding[]
}

/** A document as the server would read it; only one that can be read says something. */
function useRead(document: string | null): Read {
  return useMemo(() => {
    if (document === null) return { explanation: null, findings: [] }
    const { program, findings } = compileProgram(document, unpublished)
    return { explanation: program === null ? null : explainProgram(program, wording), findings }
  }, [document])
}

/**
 * Sentences at the left, the document at the right: one truth in two views, and one cursor. Checked here as it is typed, by the
 * server's own engine; beside `before`, what a sentence said there stands above what it says now.
 */
export function Sides({
  document,
  before = null,
  onType,
}: {
  readonly document: string
  readonly before?: string | null
  readonly onType?: ((text: string) => void) | undefined
}) {
  // Typing goes before reading: the sentences follow when there is a moment for them.
  const read = useDeferredValue(document)
  const { explanation, findings } = useRead(read)
  const earlier = useRead(before).explanation
  const [lastReadable, setLastReadable] = useState(explanation)
  if (explanation !== null && explanation !== lastReadable) setLastReadable(explanation)
  const handle = useRef<EditorHandle | null>(null)
  const [line, setLine] = useState(0)
  const sections = useMemo(
    () => (lastReadable === null ? [] : toldSections(earlier, lastReadable, placesIn(read))),
    [earlier, lastReadable, read],
  )
  const active = line === 0 ? null : partAt(sections, line)
  const said = words.programRoom
  return (
    <div className="sides">
      <section aria-label={said.sentences} className="spoken">
        {explanation === null ? (
          <p className="unreadable" role="status">
            {said.notReadable}
          </p>
        ) : null}
        <Sentences
          sections={sections}
          active={active}
          isOld={explanation === null}
          onGo={(to) => handle.current?.goTo(to)}
        />
      </section>
      <section aria-label={said.document} className="written">
        <Editor
          document={document}
          label={said.document}
          findings={findings}
          handle={handle}
          onType={onType}
          onLine={setLine}
        />
        <Findings findings={findings} onGo={(to) => handle.current?.goTo(to)} />
      </section>
    </div>
  )
}

function Sentences({
  sections,
  active,
  isOld,
  onGo,
}: {
  readonly sections: readonly ToldSection[]
  readonly active: string | null
  readonly isOld: boolean
  readonly onGo: (line: number) => void
}) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const part = active === null ? null : place.current?.querySelector(`[data-part="${CSS.escape(active)}"]`)
    part?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div ref={place} className={isOld ? 'told-old' : undefined}>
      {sections.map(({ id, title, parts }) => (
        <div key={id} className="told">
          <h2>{title}</h2>
          {parts.map(({ key, name, sentences, place: at }) => (
            <div key={key} data-part={key} className={key === active ? 'told-part active' : 'told-part'}>
              {at === null ? null : (
                <button type="button" className="link told-line" onClick={() => onGo(at.line)}>
                  {words.programRoom.atLine(String(at.line))}
                </button>
              )}
              {name === null ? null : <h3>{name}</h3>}
              {sentences.map(({ text, change }) =>
                change === 'same' ? (
                  <p key={text}>{text}</p>
                ) : (
                  <p key={change + text} className={`told-${change}`}>
                    {change === 'new' ? <ins>{text}</ins> : <del>{text}</del>}
                  </p>
                ),
              )}
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}

const Findings = ({
  findings,
  onGo,
}: {
  readonly findings: readonly Finding[]
  readonly onGo: (line: number) => void
}) =>
  findings.length === 0 ? (
    <p className="small second">{words.programRoom.sound}</p>
  ) : (
    <ul className="findings" aria-label={words.programRoom.findings}>
      {findings.map(({ code, severity, path, line, message, instead }) => (
        <li key={`${code} ${path} ${line} ${message}`} className={severity}>
          <p>
            <button type="button" className="link" onClick={() => onGo(line)}>
              {words.programRoom.line(String(line))}
            </button>{' '}
            {message}
          </p>
          <p className="second">{instead}</p>
        </li>
      ))}
    </ul>
  )
