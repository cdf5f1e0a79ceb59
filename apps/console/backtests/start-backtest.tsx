import { Button, Modal, NativeSelect, Radio, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { useActNames } from '../session/act-names.ts'
import { client } from '../session/client.ts'
import { words } from '../words/words.ts'

const assumptions = ['as-asked', 'none', 'at-once'] as const
type Assumption = (typeof assumptions)[number]

/** Begins a backtest: of this draft, or of one that is chosen. */
export function StartBacktest({
  draft,
  isDisabled = false,
}: {
  readonly draft?: string
  readonly isDisabled?: boolean
}) {
  const [isOpen, { open, close }] = useDisclosure(false)
  const said = words.backtestRoom
  return (
    <>
      <Button variant="default" disabled={isDisabled} onClick={open}>
        {said.ask}
      </Button>
      <Modal opened={isOpen} onClose={close} title={said.ask} closeButtonProps={{ 'aria-label': words.close }} centered>
        <StartForm draft={draft ?? null} />
      </Modal>
    </>
  )
}

function StartForm({ draft }: { readonly draft: string | null }) {
  const navigate = useNavigate()
  const nameOf = useActNames()
  const [assumption, setAssumption] = useState<Assumption>('as-asked')
  const [chosen, setChosen] = useState<string | null>(null)
  const { data } = useQuery({
    queryKey: ['drafts'],
    queryFn: () => client.call('listDrafts', { query: { limit: '200' } }),
    enabled: draft === null,
  })
  const open = (data?.drafts ?? []).filter(({ status }) => status !== 'published').map(({ id }) => id)
  const asked = draft ?? chosen ?? open[0]
  const { mutate, isPending, error } = useMutation({
    mutationFn: (of: string) => {
      const body = { drafts: [{ draft: of }], assumption }
      return client.call('startBacktest', { body, idempotencyKey: nameOf(body) })
    },
    onSuccess: ({ id }) => navigate({ to: '/backtests/$backtest', params: { backtest: id } }),
  })
  const said = words.backtestRoom
  return (
    <form
      className="adjust"
      onSubmit={(event) => {
        event.preventDefault()
        if (asked !== undefined && !isPending) mutate(asked)
      }}
    >
      <p className="second">{said.lead}</p>
      {draft !== null ? null : data !== undefined && open.length === 0 ? (
        <p>{said.noDrafts}</p>
      ) : (
        <NativeSelect
          label={said.draft}
          value={asked ?? ''}
          data={open}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        />
      )}
      <Radio.Group
        label={said.assumption}
        value={assumption}
        onChange={(value) => setAssumption(assumptions.find((each) => each === value) ?? 'as-asked')}
      >
        <Stack gap={8} mt={8}>
          {assumptions.map((each) => (
            <Radio key={each} value={each} label={said.assumptions[each]} />
          ))}
        </Stack>
      </Radio.Group>
      {error === null ? null : <ProblemView error={error} inForm />}
      <Button type="submit" disabled={asked === undefined} loading={isPending} fullWidth>
        {said.start}
      </Button>
    </form>
  )
}
