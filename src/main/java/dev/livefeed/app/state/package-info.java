/** Files that survive a restart: written whole or not at all, and not used when damaged. */
package dev.livefeed.app.state;
