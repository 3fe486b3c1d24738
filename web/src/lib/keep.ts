/* Whether this browser keeps work without a network: those built into chat programs often do not. */
export const keepsWork = (): boolean => window.isSecureContext && 'serviceWorker' in navigator && 'indexedDB' in window;
