/** The page's few pictures, drawn on a 16-unit grid in the current colour. */
import type { ReactNode } from 'react';

interface IconProps {
  readonly size?: number;
}

function Icon({ size = 16, children }: IconProps & { readonly children: ReactNode }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

export const PlayIcon = (p: IconProps) => (
  <Icon {...p}>
    <path d="M4 2.6v10.8L13.2 8z" fill="currentColor" stroke="none" />
  </Icon>
);
export const PauseIcon = (p: IconProps) => (
  <Icon {...p}>
    <path d="M3.8 3h3v10h-3zM9.2 3h3v10h-3z" fill="currentColor" stroke="none" />
  </Icon>
);
export const StepIcon = (p: IconProps) => (
  <Icon {...p}>
    <path d="M3 3v10l7-5z" fill="currentColor" stroke="none" />
    <path d="M12 3v10" strokeWidth="2" />
  </Icon>
);
export const ResetIcon = (p: IconProps) => (
  <Icon {...p}>
    <path d="M3.6 5.2A5.3 5.3 0 1 1 2.8 9" />
    <path d="M2.6 1.8v4h4" />
  </Icon>
);
export const LockIcon = ({ size = 12 }: IconProps) => (
  <Icon size={size}>
    <rect x="3" y="7" width="10" height="7.5" rx="1.5" fill="currentColor" stroke="none" />
    <path d="M5 7V5a3 3 0 0 1 6 0v2" />
  </Icon>
);

/** Two old blocks on the diagonal, two new ones beside them. */
export const FuseIcon = (p: IconProps) => (
  <Icon {...p}>
    <path d="M1.5 1.5h6v6h-6zM8.5 8.5h6v6h-6z" fill="currentColor" stroke="none" />
    <path d="M9.2 2.2h4.6v4.6H9.2zM2.2 9.2h4.6v4.6H2.2z" strokeWidth="1.3" strokeDasharray="1.9 1.2" />
  </Icon>
);
export const PresentIcon = (p: IconProps) => (
  <Icon {...p}>
    <path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" />
  </Icon>
);
export const MoonIcon = (p: IconProps) => (
  <Icon {...p}>
    <path d="M13.4 9.6A5.8 5.8 0 0 1 6.4 2.6a5.8 5.8 0 1 0 7 7z" />
  </Icon>
);
export const SunIcon = (p: IconProps) => (
  <Icon {...p}>
    <circle cx="8" cy="8" r="3" />
    <path d="M8 .8v1.8M8 13.4v1.8M.8 8h1.8M13.4 8h1.8M2.9 2.9l1.3 1.3M11.8 11.8l1.3 1.3M13.1 2.9l-1.3 1.3M4.2 11.8l-1.3 1.3" />
  </Icon>
);
export const ShareIcon = (p: IconProps) => (
  <Icon {...p}>
    <path d="M8 10V1.8M4.8 4.8 8 1.6l3.2 3.2M2.4 8v6h11.2V8" />
  </Icon>
);
export const ChevronIcon = (p: IconProps) => (
  <Icon size={12} {...p}>
    <path d="m4 6 4 4 4-4" strokeWidth="2" />
  </Icon>
);
export const CloseIcon = (p: IconProps) => (
  <Icon {...p}>
    <path d="m3 3 10 10M13 3 3 13" />
  </Icon>
);
export const MoreIcon = (p: IconProps) => (
  <Icon {...p}>
    <path
      d="M1.5 8a1.5 1.5 0 1 0 3 0 1.5 1.5 0 0 0-3 0zM6.5 8a1.5 1.5 0 1 0 3 0 1.5 1.5 0 0 0-3 0zM11.5 8a1.5 1.5 0 1 0 3 0 1.5 1.5 0 0 0-3 0z"
      fill="currentColor"
      stroke="none"
    />
  </Icon>
);
export const BranchIcon = (p: IconProps) => (
  <Icon {...p}>
    <path d="M4 1.5v13M4 11.5c5 0 7-2.5 7-7" />
    <circle cx="11.5" cy="3.3" r="1.7" />
  </Icon>
);
export const OpenIcon = (p: IconProps) => (
  <Icon {...p}>
    <path d="M2 13V3.400h4l1.500 2H14V13zM8 11.500V7.500M6.300 9 8 7.300 9.700 9" />
  </Icon>
);
export const DownloadIcon = (p: IconProps) => (
  <Icon {...p}>
    <path d="M8 1.500v8.500M4.8 7 8 10.2 11.2 7M2.4 13.600h11.2" />
  </Icon>
);
export const CheckIcon = (p: IconProps) => (
  <Icon {...p}>
    <path d="m2.5 8.5 3.7 3.7 7.3-8" strokeWidth="2" />
  </Icon>
);
export const LessonIcon = (p: IconProps) => (
  <Icon {...p}>
    <path d="M8 4C6.500 2.800 4.500 2.400 1.800 2.500v9.800C4.500 12.200 6.500 12.600 8 13.800c1.500-1.200 3.500-1.600 6.200-1.500V2.500C11.500 2.400 9.500 2.800 8 4zM8 4v9.500" />
  </Icon>
);
export const KeyboardIcon = (p: IconProps) => (
  <Icon {...p}>
    <rect x="1" y="3.5" width="14" height="9" rx="1.5" />
    <path d="M4 6.500h.01M7 6.500h.01M10 6.500h.01M12.5 6.500h.01M4.5 9.700h7" strokeLinecap="round" />
  </Icon>
);

/** Two old blocks, two new ones: the mark of the page, in the networks' colours. */
export function Mark({ size = 26 }: IconProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 26 26" aria-hidden="true" focusable="false">
      <rect x="1" y="1" width="11" height="11" rx="2" fill="var(--series-A)" />
      <rect x="14" y="14" width="11" height="11" rx="2" fill="var(--series-B)" />
      <rect x="15" y="2" width="9" height="9" rx="1.5" fill="none" stroke="var(--series-M)" strokeWidth="2" />
      <rect x="2" y="15" width="9" height="9" rx="1.5" fill="none" stroke="var(--series-M)" strokeWidth="2" />
    </svg>
  );
}
