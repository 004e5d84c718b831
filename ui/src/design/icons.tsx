// A small family of line icons, 24-pixel grid, one stroke; a name only for what the interface shows. They decorate: every control that
// carries one has words of its own, so they are hidden from assistive technology.
const paths = {
  add: "M12 5v14M5 12h14",
  arrow: "M5 12h14M13 6l6 6-6 6",
  attach: "M20 11l-8.500 8.500a5 5 0 0 1-7-7L13 4a3.500 3.500 0 0 1 5 5l-8.500 8.500a2 2 0 0 1-3-3L14 7",
  back: "M19 12H5M11 6l-6 6 6 6",
  bell: "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
  book: "M4 5a2 2 0 0 1 2-2h13v16H6a2 2 0 0 0-2 2zM4 19V5M9 7h6",
  calendar: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
  case: "M4 4h11l5 5v11H4zM15 4v5h5M8 13h8M8 16h5",
  chart: "M4 4v16h16M8 16v-4M12 16V8M16 16v-6",
  chain: "M4 5h6v5H4zM14 14h6v5h-6zM10 7.500h4.500a2 2 0 0 1 2 2V14",
  check: "M4 12l5 5L20 6",
  chevron: "M9 6l6 6-6 6",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2",
  columns: "M4 5h16v14H4zM10 5v14M15 5v14",
  cross: "M6 6l12 12M18 6L6 18",
  desk: "M3 10h18M5 10v9M19 10v9M8 10V5h8v5M9 14h6",
  down: "M12 4v12M6 11l6 6 6-6M5 20h14",
  expand: "M6 9l6 6 6-6",
  eye: "M2.500 12c2.500-4.500 5.700-6.500 9.500-6.500s7 2 9.500 6.500c-2.500 4.500-5.700 6.500-9.500 6.500s-7-2-9.500-6.500zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z",
  eyeShut: "M3 11c2.300 3.300 5.200 5 9 5s6.700-1.700 9-5M7 15l-1.500 2.500M12 16v3M17 15l1.500 2.500",
  filter: "M4 5h16l-6 8v6l-4-2v-4z",
  gear: "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.200 2.200M16.200 16.200l2.200 2.200M18.400 5.600l-2.200 2.200M7.800 16.200l-2.200 2.200",
  globe: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
  hall: "M3 9l9-5 9 5M5 9v9M10 9v9M14 9v9M19 9v9M3 20h18",
  help: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.400-1 .9-1 1.700M12 17v.1",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7.500v.1",
  journal: "M9 8a3 3 0 0 1 3-3h3a4 4 0 0 1 0 8h-2M15 16a3 3 0 0 1-3 3H9a4 4 0 0 1 0-8h2",
  link: "M14 5h5v5M19 5l-9 9M11 5H5v14h14v-6",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  match: "M4 8h13M13 4l4 4-4 4M20 16H7M11 12l-4 4 4 4",
  menu: "M4 7h16M4 12h16M4 17h16",
  money: "M7 4l5 7 5-7M12 11v9M7 12.500h10M7 16h10",
  moon: "M20 14A8 8 0 1 1 10 4a6.500 6.500 0 0 0 10 10z",
  out: "M14 4h5v16h-5M4 12h10M10 8l4 4-4 4",
  panel:
    "M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3 19c0-4 3-5.500 6-5.500s6 1.500 6 5.500M16 5.500a3 3 0 0 1 0 5.500M17.500 14c2.200.500 3.500 2 3.500 5",
  pen: "M4 20l1-5L16 4l4 4L9 19z",
  pie: "M12 4a8 8 0 1 0 8 8h-8zM16 3.500A8 8 0 0 1 20.500 8H16z",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-5 4-6.500 8-6.500s8 1.500 8 6.500",
  print: "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
  register: "M5 4h14v16H5zM9 4v16M12 9h4M12 13h4",
  returned: "M9 7L4 12l5 5M4 12h11a5 5 0 0 1 5 5v2",
  search: "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500L20 20",
  scales: "M12 4v16M8 20h8M5 7h14M5 7l-3 7h6zM19 7l-3 7h6z",
  seal: "M12 3l7 3v6c0 4.500-3 7.500-7 9-4-1.500-7-4.500-7-9V6zM8.500 12l2.500 2.500 4.500-5",
  stop: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM6 6l12 12",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
  up: "M12 20V8M6 13l6-6 6 6M5 4h14",
  warn: "M12 4l9 16H3zM12 10v5M12 17.500v.1",
  running: "M4 12a8 8 0 0 1 14-5.300M20 12a8 8 0 0 1-14 5.300M18 3v4h-4M6 21v-4h4",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
