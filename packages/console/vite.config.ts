import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the server listens during development; `vite` forwards the API to it. */
const DEVELOPMENT_SERVER = 'http://127.0.0.1:8420';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { proxy: { '/api': DEVELOPMENT_SERVER, '/healthz': DEVELOPMENT_SERVER, '/readyz': DEVELOPMENT_SERVER } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // `/assets/` is a screen. The server knows this directory: its files never change.
    assetsDir: 'static',
    // Browsers that receive security updates today; nothing older is supported.
    target: 'es2023',
    // The content security policy knows no `data:`, so that nothing is ever inlined.
    assetsInlineLimit: 0,
    // Every browser of the target knows module preload; the polyfill is an inline script in disguise.
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
});
