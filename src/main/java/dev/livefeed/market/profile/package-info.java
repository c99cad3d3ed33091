/** The volume profile of a day: exact sums by price, and the levels read from them. */
package dev.livefeed.market.profile;
