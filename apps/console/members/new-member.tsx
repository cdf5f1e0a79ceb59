import { RequestProblem } from '@laurel/contract'
import { Button, Modal, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import { words } from '../words/words.ts'

const said = words.newMember

/** Registers somebody who stands at the counter, and goes to their page. */
export function NewMember() {
  const [isOpen, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button onClick={open}>{said.open}</Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={said.open}
        closeButtonProps={{ 'aria-label': words.close }}
        centered
      >
        <NewMemberForm />
      </Modal>
    </>
  )
}

/** Of the books, for ever, and so made of nothing personal; 50 bits, so that no two counters make one. */
const newMemberId = (): string =>
  `M-${Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => '23456789abcdefghjkmnpqrstvwxyzAB'[byte % 32]).join('')}`

function NewMemberForm() {
  // One id until there is an answer: sent again after the line broke, it is one member.
  const [id] = useState(newMemberId)
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [phone, setPhone] = useState('')
  const [isAsked, setIsAsked] = useState(false)
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const isEmail = email.trim() === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim())
  const isPhone = phone.trim() === '' || /^\+?[\d\s()./-]{4,40}$/.test(phone.trim())
  const isSaid = [name, email, phone].some((each) => each.trim() !== '')
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      try {
        const profile = { name: orNull(name), email: orNull(email), phone: orNull(phone) }
        await client.call('createMember', { body: { id, profile } })
      } catch (failure) {
        // Nobody else has made this id: it was registered before the line broke.
        if (!(failure instanceof RequestProblem && failure.body.code === 'member-exists')) throw failure
      }
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['members'] })
      await navigate({ to: '/members/$member', params: { member: id } })
    },
  })
  return (
    <form
      className="fields"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setIsAsked(true)
        if (isSaid && isEmail && isPhone && !isPending) mutate()
      }}
    >
      <p className="second">{said.lead}</p>
      <TextInput
        label={said.name}
        maxLength={200}
        autoComplete="off"
        data-autofocus
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <TextInput
        label={said.email}
        type="email"
        maxLength={200}
        autoComplete="off"
        value={email}
        error={isAsked && !isEmail ? said.wrongEmail : null}
        onChange={({ currentTarget }) => setEmail(currentTarget.value)}
      />
      <TextInput
        label={said.phone}
        type="tel"
        maxLength={40}
        autoComplete="off"
        value={phone}
        error={isAsked && !isPhone ? said.wrongPhone : null}
        onChange={({ currentTarget }) => setPhone(currentTarget.value)}
      />
      {isAsked && !isSaid ? (
        <p className="wrong" role="alert">
          {said.missing}
        </p>
      ) : null}
      {error === null ? null : <ProblemView error={error} inForm />}
      <Button type="submit" loading={isPending} fullWidth>
        {said.act}
      </Button>
    </form>
  )
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())
