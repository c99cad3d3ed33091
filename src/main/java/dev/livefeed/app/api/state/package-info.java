/** The states of the application that clients of the stream follow, in the form of the HTTP interface. */
package dev.livefeed.app.api.state;
