/** A part of the page that may fail while it is drawn: what stands in its place then, and how it is drawn again. */
import { Component, type ErrorInfo, type ReactNode } from 'react';

export interface Broken {
  readonly error: unknown;
  /** The components it happened in, innermost first; empty until React has said it. */
  readonly components: string;
  /** Draws the part again. */
  readonly retry: () => void;
}

interface ErrorBoundaryProps {
  readonly children: ReactNode;
  readonly renderBroken: (broken: Broken) => ReactNode;
}

interface ErrorBoundaryState {
  readonly failure: { readonly error: unknown } | null;
  readonly components: string;
}

/** React has no function for this: only a class hears of what its children throw. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { failure: null, components: '' };

  static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
    return { failure: { error } };
  }

  override componentDidCatch(_error: unknown, { componentStack }: ErrorInfo): void {
    this.setState({ components: componentStack ?? '' });
  }

  private readonly retry = (): void => this.setState({ failure: null, components: '' });

  override render(): ReactNode {
    const { failure, components } = this.state;
    return failure === null ? this.props.children : this.props.renderBroken({ error: failure.error, components, retry: this.retry });
  }
}
