/**
 * The command {@code top}. Messages change the model on the threads of the stream; views draw the model into a frame of
 * cells, and the screen writes what has changed since the last one.
 */
package dev.livefeed.terminal.top;
