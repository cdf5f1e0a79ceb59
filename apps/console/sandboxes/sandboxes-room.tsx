import { Button, CopyButton, Modal, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { Pager } from '../frame/pager.tsx'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { useVocabulary } from '../session/vocabulary.ts'
import { agoText, programMomentText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { GoTo } from './go-to.tsx'
import { OwnClock } from './own-clock.tsx'
import '../backtests/backtests.css'

const route = getRouteApi('/sandboxes')

/** Programs with a clock of their own; in one of them, its clock. */
export function SandboxesRoom() {
  const { program } = useVocabulary()
  return (
    <>
      <title>{`${words.sandboxes} · ${words.name}`}</title>
      {program.sandbox ? <OwnClock /> : <Sandboxes />}
    </>
  )
}

function Sandboxes() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const { may } = useMe()
  const { zone } = useVocabulary().program
  const { data } = useSuspenseQuery({
    queryKey: ['sandboxes', cursor],
    queryFn: () => client.call('listSandboxes', { query: { cursor } }),
  })
  const said = words.sandboxRoom
  return (
    <>
      <div className="room-head">
        <h1>{words.sandboxes}</h1>
        <div className="room-acts">{may('programs:write') ? <CreateSandbox /> : null}</div>
      </div>
      <p className="second queue-lead">{said.lead}</p>
      {data.sandboxes.length === 0 ? (
        <div className="empty">
          <h2>{said.empty}</h2>
          <p className="second">{said.emptyRemedy}</p>
        </div>
      ) : (
        <div className="sheet">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{said.sandbox}</th>
                <th scope="col">{said.clock}</th>
                <th scope="col">{said.begun}</th>
                <th scope="col">
                  <span className="only-read">{said.key}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.sandboxes.map(({ id, clock, createdAt, advancing }) => (
                <tr key={id}>
                  <td>
                    <strong>{id}</strong>
                  </td>
                  <td>
                    {programMomentText(clock, zone)}{' '}
                    {advancing === null ? null : <span className="chip">{said.passing}</span>}
                  </td>
                  <td className="second">{agoText(createdAt)}</td>
                  <td className="number sandbox-acts">
                    <GoTo program={id} text={said.open} />
                    {may('programs:write') ? <IssueKey sandbox={id} /> : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager label={said.pages} cursor={cursor} next={data.next} onGo={(to) => navigate({ search: { cursor: to } })} />
    </>
  )
}

function CreateSandbox() {
  const [isOpen, { open, close }] = useDisclosure(false)
  const { program } = useMe()
  const [id, setId] = useState(`${program}-sandbox`)
  const queryClient = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => client.call('createSandbox', { body: { id } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['sandboxes'] })
      close()
    },
  })
  const said = words.sandboxRoom
  return (
    <>
      <Button onClick={open}>{said.create}</Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={said.create}
        closeButtonProps={{ 'aria-label': words.close }}
        centered
      >
        <form
          className="adjust"
          onSubmit={(event) => {
            event.preventDefault()
            if (id.trim() !== '' && !isPending) mutate()
          }}
        >
          <p className="second">{said.createLead}</p>
          <TextInput
            label={said.id}
            description={said.idHint}
            value={id}
            data-autofocus
            onChange={({ currentTarget }) => setId(currentTarget.value)}
          />
          {error === null ? null : <ProblemView error={error} inForm />}
          <Button type="submit" disabled={id.trim() === ''} loading={isPending} fullWidth>
            {said.create}
          </Button>
        </form>
      </Modal>
    </>
  )
}

/** A key is shown once; the one before it ends. */
function IssueKey({ sandbox }: { readonly sandbox: string }) {
  const [isOpen, { open, close }] = useDisclosure(false)
  const { mutate, isPending, error, data, reset } = useMutation({
    mutationFn: () => client.call('issueSandboxKey', { path: { sandbox } }),
  })
  const said = words.sandboxRoom
  return (
    <>
      <button
        type="button"
        className="link"
        onClick={() => {
          reset()
          open()
        }}
      >
        {said.key}
      </button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={said.keyOf(sandbox)}
        closeButtonProps={{ 'aria-label': words.close }}
        centered
      >
        <div className="adjust">
          <p className="second">{data === undefined ? said.keyLead : said.keyOnce}</p>
          {data === undefined ? null : <p className="id sandbox-key">{data.key}</p>}
          {error === null ? null : <ProblemView error={error} inForm />}
          {data === undefined ? (
            <Button loading={isPending} onClick={() => mutate()} fullWidth>
              {said.issue}
            </Button>
          ) : (
            <CopyButton value={data.key}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy} fullWidth>
                  {copied ? said.copied : said.copy}
                </Button>
              )}
            </CopyButton>
          )}
        </div>
      </Modal>
    </>
  )
}
