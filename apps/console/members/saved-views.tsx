import { Button, Menu } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { words } from '../words/words.ts'

/** More would be a list to search in. */
const viewsMax = 12

/** Searches that somebody comes back to, kept in this browser. */
export function SavedViews({ q, onChoose }: { readonly q: string; readonly onChoose: (q: string) => void }) {
  const [views, setViews] = useLocalStorage<readonly string[]>({ key: 'laurel-member-views', defaultValue: [] })
  const isSaved = views.includes(q)
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button variant="default">{words.membersRoom.views}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onChoose('')}>{words.membersRoom.everybody}</Menu.Item>
        {views.map((view) => (
          <Menu.Item key={view} onClick={() => onChoose(view)}>
            {words.membersRoom.quoted(view)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {isSaved ? (
          <Menu.Item onClick={() => setViews(views.filter((view) => view !== q))}>
            {words.membersRoom.forget(q)}
          </Menu.Item>
        ) : (
          <Menu.Item disabled={q === '' || views.length >= viewsMax} onClick={() => setViews([...views, q])}>
            {q === '' ? words.membersRoom.saveNothing : words.membersRoom.save(q)}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
