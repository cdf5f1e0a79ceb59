import type { InvitationMade, RoleName } from '@laurel/contract'
import { Button, Modal, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import { ShownOnce } from '../tables/shown-once.tsx'
import { words } from '../words/words.ts'
import { RoleChoice } from './role-choice.tsx'

/** Asks somebody to the team; where no mail can be sent, their link is shown once. */
export function Invite() {
  const [isOpen, { open, close }] = useDisclosure(false)
  const [made, setMade] = useState<InvitationMade | null>(null)
  const said = words.teamRoom
  return (
    <>
      <Button
        onClick={() => {
          setMade(null)
          open()
        }}
      >
        {said.invite}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={said.invite}
        closeButtonProps={{ 'aria-label': words.close }}
        // The link is shown once: a touch beside it must not be what loses it.
        closeOnClickOutside={made?.link == null}
        centered
      >
        {made === null ? (
          <InviteForm onMade={setMade} />
        ) : (
          <Invited made={made} onAnother={() => setMade(null)} onClose={close} />
        )}
      </Modal>
    </>
  )
}

function InviteForm({ onMade }: { readonly onMade: (made: InvitationMade) => void }) {
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<RoleName>('cashier')
  const [isAsked, setIsAsked] = useState(false)
  const queryClient = useQueryClient()
  const said = words.teamRoom
  const isEmail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim())
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => client.call('invite', { body: { email: email.trim(), role } }),
    onSuccess: async (made) => {
      await queryClient.invalidateQueries({ queryKey: ['invitations'] })
      onMade(made)
    },
  })
  return (
    <form
      className="fields"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setIsAsked(true)
        if (isEmail && !isPending) mutate()
      }}
    >
      <p className="second">{said.inviteMore}</p>
      <TextInput
        label={said.email}
        type="email"
        value={email}
        maxLength={254}
        autoComplete="off"
        data-autofocus
        error={isAsked && !isEmail ? said.emailWrong : null}
        onChange={({ currentTarget }) => setEmail(currentTarget.value)}
      />
      <RoleChoice value={role} onChange={setRole} />
      {error === null ? null : <ProblemView error={error} inForm />}
      <Button type="submit" loading={isPending} fullWidth>
        {said.inviteSend}
      </Button>
    </form>
  )
}

function Invited({
  made: { email, link },
  onAnother,
  onClose,
}: {
  readonly made: InvitationMade
  readonly onAnother: () => void
  readonly onClose: () => void
}) {
  const said = words.teamRoom
  return (
    <div className="fields" role="status">
      {link === null ? (
        <p>{said.mailed(email ?? '')}</p>
      ) : (
        <ShownOnce label={said.notMailed(email ?? '')} secret={link} />
      )}
      <div className="room-acts">
        <Button onClick={onClose}>{words.close}</Button>
        <Button variant="default" onClick={onAnother}>
          {said.another}
        </Button>
      </div>
    </div>
  )
}
