/** The {@code replay} connector: plays what a connector printed, with the times that it had then. */
package dev.livefeed.connector.replay;
