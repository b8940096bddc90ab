"""A report in forms that other programs read: CASE/UCO, RO-Crate with PROV, ClaimReview and MediaReview."""
