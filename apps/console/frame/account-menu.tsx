import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMe } from '../session/me.ts'
import { words } from '../words/words.ts'

const schemes = [
  ['auto', words.asTheSystem],
  ['light', words.light],
  ['dark', words.dark],
] as const

/** Who is signed in, how it looks, and the way out. */
export function AccountMenu() {
  const { person, name } = useMe()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const called = person?.name ?? name
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <UnstyledButton className="who">
          <span className="who-letter" data-letter={called.replace(/^The /, '').slice(0, 1).toUpperCase()} />
          <span className="who-name">{called}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{words.appearance}</Menu.Label>
        {schemes.map(([scheme, text]) => (
          <Menu.Item
            key={scheme}
            onClick={() => setColorScheme(scheme)}
            rightSection={colorScheme === scheme ? '✓' : null}
          >
            {text}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/account">
          {words.account}
        </Menu.Item>
        <form method="post" action="/sign-out">
          <Menu.Item type="submit" closeMenuOnClick={false}>
            {words.signOut}
          </Menu.Item>
        </form>
      </Menu.Dropdown>
    </Menu>
  )
}
