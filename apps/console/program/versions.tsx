import type { VersionAnswer } from '@laurel/contract'
import { programDifferences } from '@laurel/engine'
import { Button, Modal, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { Waiting } from '../frame/waiting.tsx'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { useNames } from '../session/people.ts'
import { useVocabulary } from '../session/vocabulary.ts'
import { amountText, programMomentText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { DayInHistory } from './day-in-history.tsx'
import { wording } from './sides.tsx'

/** Every version with what it changed; one can be taken back, or kept from beginning. */
export function Versions({ versions }: { readonly versions: readonly VersionAnswer[] }) {
  const { may } = useMe()
  const nameOf = useNames()
  const { program } = useVocabulary()
  const [opened, setOpened] = useState<number | null>(null)
  const said = words.versions
  const latest = versions[0]?.version ?? 0
  return (
    <>
      <div className="sheet">
        <table className="table versions">
          <thead>
            <tr>
              <th scope="col">{said.version}</th>
              <th scope="col">{said.from}</th>
              <th scope="col">{said.published}</th>
              <th scope="col">
                <span className="only-read">{said.acts}</span>
              </th>
            </tr>
          </thead>
          {versions.map((each) => {
            const isOpen = opened === each.version
            const isInForce = each.version === program.version
            return (
              <tbody key={each.version}>
                <tr>
                  <td>
                    <Link to="/program" search={{ version: each.version }} className="row-link">
                      {said.numbered(amountText(each.version))}
                    </Link>{' '}
                    {isInForce ? <span className="chip">{said.inForce}</span> : null}
                    {isWaiting(each) ? <span className="chip warning">{said.waiting}</span> : null}
                    {asideOf(each).map((text) => (
                      <p key={text} className="small second">
                        {text}
                      </p>
                    ))}
                  </td>
                  <td className="second">
                    {each.inForceFrom === 'always'
                      ? words.programRoom.always
                      : programMomentText(each.inForceFrom, program.zone)}
                  </td>
                  <td className="second">
                    {said.publishedBy(
                      programMomentText(each.publishedAt, program.zone),
                      each.author === null ? '' : nameOf(each.author),
                    )}
                    {each.approvedBy === null ? null : (
                      <p className="small">{words.programRoom.approvedBy(nameOf(each.approvedBy))}</p>
                    )}
                    {each.note === null || each.note === '' ? null : <p className="small">“{each.note}”</p>}
                  </td>
                  <td className="number">
                    <button
                      type="button"
                      className="link version-act"
                      aria-expanded={isOpen}
                      onClick={() => setOpened(isOpen ? null : each.version)}
                    >
                      {isOpen ? words.close : said.whatChanged}
                    </button>
                    {may('programs:write') && !isInForce && each.pilot === null ? (
                      isWaiting(each) ? (
                        <TakeBack version={each.version} latest={latest} act="withdraw" />
                      ) : (
                        <TakeBack version={each.version} latest={latest} act="roll-back" />
                      )
                    ) : null}
                  </td>
                </tr>
                {isOpen ? (
                  <tr>
                    <td colSpan={4}>
                      <Changed version={each.version} />
                    </td>
                  </tr>
                ) : null}
              </tbody>
            )
          })}
        </table>
      </div>
      <DayInHistory />
    </>
  )
}

const isWaiting = ({ inForceFrom }: VersionAnswer): boolean =>
  inForceFrom !== 'always' && Date.parse(inForceFrom) > Date.now()

function asideOf({ restores, withdraws, pilot, share }: VersionAnswer): string[] {
  const said = words.versions
  return [
    ...(restores === null ? [] : [said.restores(amountText(restores))]),
    ...(withdraws === null ? [] : [said.withdraws(amountText(withdraws))]),
    ...(pilot === null ? [] : [said.pilot(amountText(share ?? 0), amountText(pilot))]),
  ]
}

/** Against the version before it, in sentences. */
function Changed({ version }: { readonly version: number }) {
  const numbers = version === 1 ? [1] : [version - 1, version]
  const found = useQueries({
    queries: numbers.map((number) => ({
      queryKey: ['version', number],
      queryFn: () => client.call('readVersion', { path: { version: String(number) } }),
      staleTime: Number.POSITIVE_INFINITY,
    })),
  })
  const said = words.versions
  const error = found.find((each) => each.error !== null)?.error ?? null
  if (error !== null) return <ProblemView error={error} inForm />
  const [before, after] = found.map(({ data }) => data?.document)
  if (version === 1) return <p className="second">{said.first}</p>
  if (before === undefined || after === undefined) return <Waiting rows={2} />
  const differences = programDifferences(before, after, wording) ?? []
  if (differences.length === 0) return <p className="second">{said.nothing}</p>
  return (
    <ul className="changed">
      {differences.map(({ path, kind, text }) => (
        <Fragment key={path + text}>
          <li>
            <span className="chip">{words.programRoom.kinds[kind]}</span> {text}
          </li>
        </Fragment>
      ))}
    </ul>
  )
}

/** An older version counts again, or one that waits never begins: said first, then done. */
function TakeBack({
  version,
  latest,
  act,
}: {
  readonly version: number
  readonly latest: number
  readonly act: 'roll-back' | 'withdraw'
}) {
  const [isOpen, { open, close }] = useDisclosure(false)
  const [note, setNote] = useState('')
  const queryClient = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      client.call(act === 'roll-back' ? 'rollBack' : 'withdrawVersion', {
        path: { version: String(version) },
        body: { after: latest, note },
      }),
    onSuccess: async () => {
      close()
      await Promise.all(
        ['versions', 'vocabulary', 'differences'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
      )
    },
  })
  const said = words.versions[act]
  const number = amountText(version)
  return (
    <>
      <button type="button" className="link version-act" onClick={open}>
        {said.act}
      </button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={said.title(number)}
        closeButtonProps={{ 'aria-label': words.close }}
        centered
      >
        <form
          className="adjust"
          onSubmit={(event) => {
            event.preventDefault()
            if (!isPending) mutate()
          }}
        >
          <p>{said.means(number)}</p>
          <TextInput
            label={words.versions.why}
            value={note}
            maxLength={500}
            data-autofocus
            onChange={({ currentTarget }) => setNote(currentTarget.value)}
          />
          {error === null ? null : <ProblemView error={error} inForm />}
          <Button type="submit" loading={isPending} fullWidth>
            {said.confirm(number)}
          </Button>
        </form>
      </Modal>
    </>
  )
}
