import { Button, Menu } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { words } from '../words/words.ts'

/** More would be a list to search in. */
const viewsMax = 12

/** What somebody looks for again and again, kept in this browser. A view is a text; the empty one is everything. */
export function SavedViews({
  table,
  view,
  nameOf,
  everything,
  onChoose,
}: {
  /** Under which name the views of this table are kept. */
  readonly table: string
  readonly view: string
  readonly nameOf: (view: string) => string
  /** What the empty view is called. */
  readonly everything: string
  readonly onChoose: (view: string) => void
}) {
  const [views, setViews] = useLocalStorage<readonly string[]>({ key: `laurel-${table}-views`, defaultValue: [] })
  const isSaved = views.includes(view)
  const said = words.tables
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button variant="default">{said.views}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onChoose('')}>{everything}</Menu.Item>
        {views.map((each) => (
          <Menu.Item key={each} onClick={() => onChoose(each)}>
            {nameOf(each)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {isSaved ? (
          <Menu.Item onClick={() => setViews(views.filter((each) => each !== view))}>
            {said.forget(nameOf(view))}
          </Menu.Item>
        ) : (
          <Menu.Item disabled={view === '' || views.length >= viewsMax} onClick={() => setViews([...views, view])}>
            {view === '' ? said.keepNothing : said.keep(nameOf(view))}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
