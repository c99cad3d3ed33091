/** The {@code replay} connector: plays recorded lines with the times they had. */
package dev.livefeed.connector.replay;
