/** The stream of {@code /ws/stream}: its protocol and its clients, without the socket. */
package dev.livefeed.app.stream;
