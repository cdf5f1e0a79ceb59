import type { Catalogue } from '@laurel/contract'
import { Button, Modal, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { catalogueKey } from '../session/catalogue.ts'
import { client, newActName } from '../session/client.ts'
import { words } from '../words/words.ts'
import '../tables/choices.css'

const said = words.offersRoom
type Offer = Catalogue['offers'][number]

/** Sends an offer to whom the program says, or to a list; it goes on after the answer. */
export function SendOffer({ offer, name }: { readonly offer: Offer; readonly name: string }) {
  const [isOpen, { open, close }] = useDisclosure(false)
  return (
    <>
      <button type="button" className="link" onClick={open}>
        {said.send}
      </button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={said.sendTitle(name)}
        closeButtonProps={{ 'aria-label': words.close }}
        centered
      >
        <SendForm offer={offer} onSent={close} />
      </Modal>
    </>
  )
}

function SendForm({ offer, onSent }: { readonly offer: Offer; readonly onSent: () => void }) {
  const group = useId()
  const queryClient = useQueryClient()
  // One name until there is an answer: sent again after the line broke, it is one sending.
  const [idempotencyKey] = useState(newActName)
  const [toRule, setToRule] = useState(offer.byRule)
  const [typed, setTyped] = useState('')
  const [isAsked, setIsAsked] = useState(false)
  const members = typed.split(/\s+/).filter((id) => id !== '')
  const isReady = toRule || members.length > 0
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      client.call('sendOffer', {
        path: { offer: offer.id },
        body: { members: toRule ? null : members },
        idempotencyKey,
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: catalogueKey })
      onSent()
    },
  })
  const choices = [
    { isRule: true, text: said.toRule, more: said.toRuleMore },
    { isRule: false, text: said.toList, more: said.idsHint },
  ]
  return (
    <form
      className="fields"
      onSubmit={(event) => {
        event.preventDefault()
        setIsAsked(true)
        if (isReady && !isPending) mutate()
      }}
    >
      {offer.byRule ? (
        <fieldset className="choice">
          <legend className="only-read">{said.send}</legend>
          <div className="choices one-below-another">
            {choices.map(({ isRule, text, more }) => (
              <label key={text} className="choice-one">
                <input type="radio" name={group} checked={toRule === isRule} onChange={() => setToRule(isRule)} />
                <span>
                  <strong>{text}</strong>
                  <span className="second small">{more}</span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      ) : null}
      {toRule ? null : (
        <Textarea
          label={said.ids}
          description={offer.byRule ? undefined : said.idsHint}
          rows={6}
          spellCheck={false}
          value={typed}
          data-autofocus
          error={isAsked && members.length === 0 ? said.noIds : null}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      )}
      {error === null ? null : <ProblemView error={error} inForm />}
      <Button type="submit" loading={isPending} fullWidth>
        {said.send}
      </Button>
    </form>
  )
}
