/** The application: its parts joined, the commands of its command line, and its life from start to stop. */
package dev.livefeed.app;
