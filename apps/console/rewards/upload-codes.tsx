import type { Catalogue } from '@laurel/contract'
import { Button, Modal, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { catalogueKey } from '../session/catalogue.ts'
import { client } from '../session/client.ts'
import { textOf, wordsOf } from '../session/vocabulary.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'

const said = words.rewardsRoom

/** Codes from outside, each of which becomes somebody's voucher. */
export function UploadCodes({ reward: { id, name } }: { readonly reward: Catalogue['rewards'][number] }) {
  const [isOpen, { open, close }] = useDisclosure(false)
  const [typed, setTyped] = useState('')
  const queryClient = useQueryClient()
  const codes = linesOf(typed)
  const { mutate, isPending, error, data, reset } = useMutation({
    mutationFn: () => client.call('uploadCodes', { path: { reward: id }, body: { codes: [...codes] } }),
    onSuccess: async () => {
      setTyped('')
      await queryClient.invalidateQueries({ queryKey: catalogueKey })
    },
  })
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
        {said.upload}
      </button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={said.uploadTitle(textOf(name) ?? wordsOf(id))}
        closeButtonProps={{ 'aria-label': words.close }}
        centered
      >
        <form
          className="fields"
          onSubmit={(event) => {
            event.preventDefault()
            if (codes.length > 0 && !isPending) mutate()
          }}
        >
          <Textarea
            label={said.codes}
            description={said.codesHint}
            rows={8}
            spellCheck={false}
            value={typed}
            data-autofocus
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          {error === null ? null : <ProblemView error={error} inForm />}
          {data === undefined ? null : (
            <p role="status">{said.uploaded(amountText(data.added), amountText(data.known))}</p>
          )}
          <Button type="submit" disabled={codes.length === 0} loading={isPending} fullWidth>
            {said.upload}
          </Button>
        </form>
      </Modal>
    </>
  )
}

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
