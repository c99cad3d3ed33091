/** Running, watching, restarting and stopping a connector process, and the commands to it. */
package dev.livefeed.process;
