/** Events on their way to standard output: the network thread never waits for whoever reads them. */
package dev.livefeed.connector.out;
