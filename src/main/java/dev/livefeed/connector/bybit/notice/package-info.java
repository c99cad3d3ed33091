/** Figures about risk and the venue's announcements, which come when they change. */
package dev.livefeed.connector.bybit.notice;
