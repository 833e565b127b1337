-- Nothing asks how many words a text has: those numbers cost a row for every row. What was in is
-- cut and filled in again.
DROP TABLE fts;
CREATE VIRTUAL TABLE fts USING fts5 (
  text,                           -- words of the text, in order
  parts,                          -- the parts of words such as PaymentGateway or err5012
  meta,                           -- r<review> c<channel> a<account> k<kind>
  content = '', columnsize = 0,
  tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);
DELETE FROM progress;
