/** The command line: one program that runs the application, a connector, or the local exchange. */
package dev.livefeed;
