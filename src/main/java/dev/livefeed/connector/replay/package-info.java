/** The {@code replay} connector: plays recorded lines with their original times. */
package dev.livefeed.connector.replay;
