import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { words } from '../words/words.ts'

/** Something that cannot be taken back: asked once more, with what comes of it. */
export function ConfirmAct({
  act,
  title,
  children,
  onAct,
}: {
  /** What stands on the link, and on the button that does it. */
  readonly act: string
  readonly title: string
  readonly children: ReactNode
  readonly onAct: () => Promise<unknown>
}) {
  const [isOpen, { open, close }] = useDisclosure(false)
  const { mutate, isPending, error, reset } = useMutation({ mutationFn: onAct, onSuccess: close })
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
        {act}
      </button>
      <Modal opened={isOpen} onClose={close} title={title} closeButtonProps={{ 'aria-label': words.close }} centered>
        <div className="fields">
          <div className="second">{children}</div>
          {error === null ? null : <ProblemView error={error} inForm />}
          <div className="room-acts">
            <Button loading={isPending} onClick={() => mutate()}>
              {act}
            </Button>
            <Button variant="default" onClick={close}>
              {words.cancel}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  )
}
