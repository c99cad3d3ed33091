/** A terminal as a screen: frames of cells, keys, and the state that the terminal is left in. */
package dev.livefeed.terminal.screen;
