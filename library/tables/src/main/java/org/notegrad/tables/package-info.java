/**
 * Tables of <a href="https://jtablesaw.github.io/tablesaw/">Tablesaw</a>: data sets from them, and
 * histories as tables. Apart from the rest, since Tablesaw's fastutil and icu4j weigh 37 MB.
 */
package org.notegrad.tables;
