import { Mark } from '@laurel/ui'
import { Drawer } from '@mantine/core'
import { useDisclosure, useNetwork } from '@mantine/hooks'
import { spotlight } from '@mantine/spotlight'
import { Link, Outlet } from '@tanstack/react-router'
import { Fragment, Suspense, useState } from 'react'
import { useBrand } from '../session/brand.ts'
import { useVocabulary } from '../session/vocabulary.ts'
import { todayText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { AccountMenu } from './account-menu.tsx'
import { Finder } from './finder.tsx'
import { Icon } from './icon.tsx'
import { type Room, useRooms } from './use-rooms.ts'
import { Waiting } from './waiting.tsx'
import './frame.css'
import './room.css'

/** What stands around every room: where one can go, who one is, and the way to find somebody. */
export function Frame() {
  const { online } = useNetwork()
  const [today] = useState(todayText)
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <SideBar />
      <header className="top">
        <button type="button" className="find" onClick={spotlight.open}>
          <Icon name="search" />
          <span className="find-words">{words.find}</span>
          <span className="find-word">{words.findShort}</span>
          <kbd>Ctrl K</kbd>
        </button>
        <p className="today third">{today}</p>
        <AccountMenu />
      </header>
      <main id="content" tabIndex={-1}>
        {online ? null : (
          <p className="offline" role="status">
            {words.offline}
          </p>
        )}
        <Suspense fallback={<Waiting />}>
          <Outlet />
        </Suspense>
      </main>
      <BottomBar />
      <Finder />
    </div>
  )
}

function SideBar() {
  const { programName: program } = useVocabulary()
  const { groups } = useRooms()
  return (
    <aside className="side">
      <p className="brand">
        <Mark />
        <span>{words.name}</span>
      </p>
      <p className="which" title={program}>
        <ProgramMark name={program} />
        <span className="which-name">{program}</span>
      </p>
      <nav aria-label={words.rooms}>
        {groups.map(({ id, title, rooms }) => (
          <Fragment key={id}>
            {title === null ? null : <p className="side-head">{title}</p>}
            <RoomLinks rooms={rooms} />
          </Fragment>
        ))}
      </nav>
    </aside>
  )
}

/** The one place among Laurel's own colours where the shop's stands. */
function ProgramMark({ name }: { readonly name: string }) {
  const brand = useBrand()
  if (brand?.logo != null) return <img className="which-letter" src={brand.logo} alt="" />
  const { colour, onColour } = brand?.colours ?? {}
  return (
    <span className="which-letter" aria-hidden="true" style={{ background: colour, color: onColour }}>
      {name.slice(0, 1).toUpperCase()}
    </span>
  )
}

const RoomLinks = ({ rooms }: { readonly rooms: readonly Room[] }) =>
  rooms.map(({ to, icon, text }) => (
    <Link key={to} to={to} className="room" activeOptions={{ exact: to === '/', includeSearch: false }}>
      <Icon name={icon} />
      <span>{text}</span>
    </Link>
  ))

/** At the width of a phone: what is used most under the thumb, the rest one touch away. */
function BottomBar() {
  const [isOpen, { open, close }] = useDisclosure(false)
  const { groups } = useRooms()
  const [first, ...others] = groups
  return (
    <>
      <nav className="bottom" aria-label={words.rooms}>
        <RoomLinks rooms={first?.rooms ?? []} />
        <button type="button" className="room" onClick={open}>
          <Icon name="more" />
          <span>{words.more}</span>
        </button>
      </nav>
      <Drawer
        opened={isOpen}
        onClose={close}
        position="bottom"
        size="auto"
        title={words.more}
        closeButtonProps={{ 'aria-label': words.close }}
      >
        <nav className="drawer" aria-label={words.more} onClickCapture={close}>
          {others.map(({ id, rooms }) => (
            <RoomLinks key={id} rooms={rooms} />
          ))}
          <Link className="room plain" to="/account">
            {words.account}
          </Link>
        </nav>
      </Drawer>
    </>
  )
}
