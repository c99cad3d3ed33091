/** Views of a running program in a terminal: clients of its stream, local or on another machine. */
package dev.livefeed.terminal;
