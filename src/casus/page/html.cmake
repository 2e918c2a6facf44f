# Tokenizer, tree builder, charsets, character references.
set(page_html_sources
  charset.cc charset_decode.cc charset_prescan.cc
  html_entities.cc html_parse.cc html_quirks.cc html_tags.cc html_tokenizer.cc html_tokenizer_tag.cc
  html_tree_body.cc html_tree_builder.cc html_tree_end.cc html_tree_foreign.cc html_tree_formatting.cc html_tree_stack.cc
  html_tree_start.cc html_tree_table.cc html_tree_text.cc)
set(page_html_tests
  charset_test.cc html_bomb_test.cc html_conformance_test.cc html_entities_test.cc html_property_test.cc html_test_support.cc
  html_tree_test.cc)
