import { createWording } from '@laurel/contract'
import { compileProgram, explainProgram, type Finding, LANGUAGES } from '@laurel/engine'
import { useDeferredValue, useMemo } from 'react'
import { words } from '../words/words.ts'

/** What publishing would give it; nothing of it is said in a sentence. */
const unpublished = { version: 1, hash: '' }

const wording = createWording(LANGUAGES.find((each) => each === words.language) ?? 'en')

/** Sentences at the left, the document at the right: one truth in two views. Checked here as it is typed, by the server's own engine. */
export function Sides({ document, onType }: { readonly document: string; readonly onType?: (text: string) => void }) {
  // Typing goes before reading: the sentences follow when there is a moment for them.
  const read = useDeferredValue(document)
  const { program, findings } = useMemo(() => compileProgram(read, unpublished), [read])
  const said = words.programRoom
  return (
    <div className="sides">
      <section aria-label={said.sentences}>
        {program === null ? (
          <p className="second">{said.notReadable}</p>
        ) : (
          explainProgram(program, wording).sections.map(({ id, title, parts }) => (
            <div key={id} className="told">
              <h2>{title}</h2>
              {parts.map(({ id: part, name, sentences }) => (
                <div key={part ?? sentences[0]?.text} className="told-part">
                  {name === null ? null : <h3>{name}</h3>}
                  {sentences.map(({ text }) => (
                    <p key={text}>{text}</p>
                  ))}
                </div>
              ))}
            </div>
          ))
        )}
      </section>
      <section aria-label={said.document} className="written">
        {onType === undefined ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
          <ol className="sheet code" tabIndex={0}>
            {document
              .trimEnd()
              .split('\n')
              .map((line, number) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a line of a document is known by its number
                <li key={number}>
                  <code>{line === '' ? ' ' : line}</code>
                </li>
              ))}
          </ol>
        ) : (
          <textarea
            className="sheet code"
            aria-label={said.document}
            spellCheck={false}
            rows={Math.max(16, document.split('\n').length + 1)}
            value={document}
            onChange={({ currentTarget }) => onType(currentTarget.value)}
          />
        )}
        <Findings findings={findings} />
      </section>
    </div>
  )
}

const Findings = ({ findings }: { readonly findings: readonly Finding[] }) =>
  findings.length === 0 ? (
    <p className="small second">{words.programRoom.sound}</p>
  ) : (
    <ul className="findings" aria-label={words.programRoom.findings}>
      {findings.map(({ code, severity, path, line, message, instead }) => (
        <li key={`${code} ${path} ${line} ${message}`} className={severity}>
          <p>
            <strong>{words.programRoom.line(String(line))}</strong> {message}
          </p>
          <p className="second">{instead}</p>
        </li>
      ))}
    </ul>
  )
