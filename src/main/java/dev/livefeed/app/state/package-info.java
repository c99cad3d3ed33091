/** Files that survive a restart: written atomically, and not used if damaged. */
package dev.livefeed.app.state;
