import { Button, Modal, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import { words } from '../words/words.ts'
import { withBeginning } from './document-places.ts'

/** Begins a draft with the document of a version, or with one that was made of it. */
export function NewDraft({
  version,
  document = null,
  label = words.programRoom.write,
}: {
  readonly version: number
  readonly document?: string | null
  readonly label?: string
}) {
  const [isOpen, { open, close }] = useDisclosure(false)
  const [name, setName] = useState('')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const said = words.programRoom
  const isNamed = /^[a-z0-9][a-z0-9-]{0,63}$/.test(name)
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const text = document ?? (await client.call('readVersion', { path: { version: String(version) } })).document
      return await client.call('saveDraft', {
        path: { draft: name },
        // Since when the older one counts is of no use to the next: it begins when it is published, until somebody says otherwise.
        body: { revision: 0, document: withBeginning(text, null) },
      })
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['drafts'] })
      await navigate({ to: '/program', search: { draft: name } })
    },
  })
  return (
    <>
      <Button onClick={open}>{label}</Button>
      <Modal opened={isOpen} onClose={close} title={label} closeButtonProps={{ 'aria-label': words.close }} centered>
        <form
          className="adjust"
          onSubmit={(event) => {
            event.preventDefault()
            if (isNamed && !isPending) mutate()
          }}
        >
          <TextInput
            label={said.name}
            description={said.nameHint}
            value={name}
            data-autofocus
            error={name === '' || isNamed ? null : said.nameHint}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          {error === null ? null : <ProblemView error={error} inForm />}
          <Button type="submit" disabled={!isNamed} loading={isPending} fullWidth>
            {said.begin}
          </Button>
        </form>
      </Modal>
    </>
  )
}
