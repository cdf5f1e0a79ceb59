import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { client } from '../session/client.ts'
import type { Column } from '../tables/column.ts'
import { CsvOf } from '../tables/csv-of.tsx'
import { Listing } from '../tables/listing.tsx'
import { words } from '../words/words.ts'

const said = words.offersRoom

interface HeldOutMember {
  readonly id: string
}

const columns: readonly Column<HeldOutMember>[] = [
  {
    id: 'member',
    title: said.member,
    cellOf: ({ id }) => (
      <Link to="/members/$member" params={{ member: id }}>
        {id}
      </Link>
    ),
    textOf: ({ id }) => id,
  },
]

/** Who does not get it, so that what it does can be told. */
export function HeldOut({ experiment, name }: { readonly experiment: string; readonly name: string }) {
  const [isOpen, { open, close }] = useDisclosure(false)
  return (
    <>
      <button type="button" className="link" onClick={open}>
        {said.who}
      </button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={said.whoTitle(name)}
        closeButtonProps={{ 'aria-label': words.close }}
        centered
      >
        <Members experiment={experiment} />
      </Modal>
    </>
  )
}

function Members({ experiment }: { readonly experiment: string }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['catalogue', 'held-out', experiment],
    queryFn: ({ pageParam, signal }) =>
      client.call('listHeldOut', { query: { experiment, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const rows = data?.pages.flatMap(({ members }) => members.map((id) => ({ id })))
  return (
    <div className="fields">
      <p className="second">{said.whoLead}</p>
      <Listing
        title={said.heldOut}
        answer={{
          data: rows === undefined ? undefined : { rows, next: null },
          error,
          isPlaceholderData: false,
          refetch,
        }}
        columns={columns}
        idOf={({ id }) => id}
        empty={said.whoEmpty}
      />
      <div className="room-acts">
        {hasNextPage ? (
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {said.whoMore}
          </Button>
        ) : null}
        <CsvOf file={experiment.replace(':', '-')} columns={columns} rows={rows ?? []} />
      </div>
    </div>
  )
}
