/** What survives a restart: files that are written whole or not at all, and never believed when they are damaged. */
package dev.livefeed.state;
