import type { RoleName, TeamMember } from '@laurel/contract'
import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import { words } from '../words/words.ts'
import { RoleChoice } from './role-choice.tsx'

/** Gives somebody on the team another role. */
export function ChangeRole({ member }: { readonly member: TeamMember }) {
  const [isOpen, { open, close }] = useDisclosure(false)
  const [role, setRole] = useState<RoleName>(member.role)
  const queryClient = useQueryClient()
  const said = words.teamRoom
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () => client.call('changeRole', { path: { person: member.person }, body: { role } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['team'] })
      close()
    },
  })
  return (
    <>
      <button
        type="button"
        className="link"
        onClick={() => {
          setRole(member.role)
          reset()
          open()
        }}
      >
        {said.changeRole}
      </button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={said.changeRoleTitle(member.name)}
        closeButtonProps={{ 'aria-label': words.close }}
        centered
      >
        <form
          className="fields"
          onSubmit={(event) => {
            event.preventDefault()
            if (role !== member.role && !isPending) mutate()
          }}
        >
          <RoleChoice value={role} onChange={setRole} />
          {error === null ? null : <ProblemView error={error} inForm />}
          <Button type="submit" disabled={role === member.role} loading={isPending} fullWidth>
            {said.giveRole}
          </Button>
        </form>
      </Modal>
    </>
  )
}
