-- Full text over the evidence. May be deleted at any time: it is filled again by itself.

-- Words are cut by the program, not by the tokenizer, which only finds the spaces between them.
CREATE VIRTUAL TABLE fts USING fts5 (
  text,                           -- words of the text, in order
  parts,                          -- the parts of words such as PaymentGateway or err5012
  meta,                           -- r<review> c<channel> a<account> k<kind>
  content = '', tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);

-- How far each source is in; a row and its words commit together.
CREATE TABLE progress (
  source INTEGER PRIMARY KEY,
  last INTEGER NOT NULL,          -- greatest content number that is in
  n INTEGER NOT NULL              -- how many are
) STRICT;
