/** The stream at {@code /ws/stream}: its protocol and its clients, independent of the socket. */
package dev.livefeed.app.stream;
