//! Names by which parameters and answers speak of pages.

pub(super) const OFFSETS: &[&str] = &[
    "offset",
    "skip",
    "$skip",
    "start_index",
    "startIndex",
    "start_at",
    "startAt",
    "page[offset]",
    "skip_count",
    "skipCount",
    "SkipCount",
    "Offset",
    "Skip",
];
pub(super) const PAGES: &[&str] = &[
    "page",
    "page_number",
    "pageNumber",
    "page[number]",
    "pagination[page]",
    "Page",
    "PageNumber",
];
/// Parameters with the number of a page, of which APIs differ where counting begins: they count where that is said.
pub(super) const INDEXES: &[&str] = &[
    "page_index",
    "pageIndex",
    "PageIndex",
    "page_no",
    "pageNo",
    "PageNo",
    "page_num",
    "pageNum",
    "PageNum",
    "current_page",
    "currentPage",
];
pub(super) const CURSORS: &[&str] = &[
    "cursor",
    "page_token",
    "pageToken",
    "next_token",
    "nextToken",
    "after",
    "continuation_token",
    "continuationToken",
    "page_cursor",
    "pageCursor",
    "page-token",
    "iterator",
    "bookmark",
    "continuation",
    "continue",
    "page[after]",
    "page[cursor]",
    "marker",
    "Marker",
    "NextToken",
    "start_cursor",
    "startCursor",
    "pagination_token",
    "paginationToken",
    "next_page_token",
    "nextPageToken",
    "exclusive_start_key",
    "exclusiveStartKey",
    "ExclusiveStartKey",
];
/// Parameters that count items beside one that says how many are wanted, where an answer says how many there are, and mean
/// something else elsewhere.
pub(super) const STARTS: &[&str] = &["start"];
/// Parameters that take what an answer gives as a number called `next`, and mean something else elsewhere.
pub(super) const FROMS: &[&str] = &["from"];
/// Parameters that count items beside one that says how many are wanted at most, and else say just that.
pub(super) const FIRSTS: &[&str] = &["first"];
pub(super) const MOSTS: &[&str] = &["max", "maxResults", "max_results"];
/// Parameters that take the last item's id.
pub(super) const LAST_IDS: &[&str] = &[
    "starting_after",
    "startingAfter",
    "after_id",
    "afterId",
    "after",
];
/// Parameters that say how much of a list is wanted.
pub(super) const SIZES: &[&str] = &[
    "per_page",
    "perPage",
    "page_size",
    "pageSize",
    "PageSize",
    "page[size]",
    "pagination[pageSize]",
    "max_result_count",
    "maxResultCount",
    "MaxResultCount",
];
/// Parameters that say so beside one that says from where on.
pub(super) const LIMITS: &[&str] = &["limit", "size", "page[limit]", "Limit"];

/// Other names for that, of fewer APIs.
pub(super) const COUNTS: &[&str] = &[
    "_count",
    "count",
    "take",
    "top",
    "$top",
    "max",
    "maxResults",
    "max_results",
    "rows",
    "num",
];

/// Objects in which answers speak of pages.
pub(super) const ABOUT_PAGES: &[&[&str]] = &[
    &[],
    &["meta"],
    &["_meta"],
    &["metadata"],
    &["_metadata"],
    &["pagination"],
    &["paging"],
    &["page_info"],
    &["pageInfo"],
    &["page"],
    &["cursor"],
    &["cursors"],
    &["response_metadata"],
    &["meta", "pagination"],
    &["meta", "page"],
    &["metadata", "pagination"],
    &["paging", "cursors"],
    &["paging", "next"],
    &["d"],
    &["pages"],
    &["meta", "cursors"],
    &["result_info"],
    &["result_info", "cursors"],
];
/// Objects in which answers speak of the next page.
pub(super) const NEXT_PAGES: &[&[&str]] = &[
    &["next_page"],
    &["nextPage"],
    &["pages", "next"],
    &["paging", "next"],
    &["pagination", "next"],
];
/// Objects in which answers have links.
pub(super) const LINKS: &[&[&str]] = &[
    &["links"],
    &["_links"],
    &["link"],
    &["meta", "links"],
    &["links", "pages"],
    &["paging"],
    &["pagination"],
];

pub(super) const TOTALS: &[&str] = &[
    "total",
    "total_count",
    "totalCount",
    "total_items",
    "totalItems",
    "itemsTotal",
    "total_results",
    "totalResults",
    "total_elements",
    "totalElements",
    "total_records",
    "totalRecords",
    "total_entries",
    "totalEntries",
];
pub(super) const MORES: &[&str] = &[
    "has_more",
    "hasMore",
    "has_next",
    "hasNext",
    "has_next_page",
    "hasNextPage",
    "is_truncated",
    "isTruncated",
    "IsTruncated",
];
pub(super) const DONES: &[&str] = &[
    "done",
    "last_page",
    "lastPage",
    "is_last",
    "isLast",
    "is_last_page",
    "isLastPage",
    "last",
    "end_of_stream",
    "endOfStream",
];
/// Parameters whose mark an answer gives under the same name, since nothing else is called so.
pub(super) const SAME_CURSORS: &[&str] = &["iterator", "bookmark", "continuation", "continue"];
pub(super) const NEXT_CURSORS: &[&str] = &[
    "next_cursor",
    "nextCursor",
    "next_page_token",
    "nextPageToken",
    "next_token",
    "nextToken",
    "next_page",
    "nextPage",
    "next-page-token",
    "end_cursor",
    "endCursor",
    "continuation_token",
    "continuationToken",
    "next_marker",
    "nextMarker",
    "NextMarker",
    "NextToken",
    "after_cursor",
    "afterCursor",
    "last_evaluated_key",
    "lastEvaluatedKey",
    "LastEvaluatedKey",
];
/// Names that say so only beside one of `MORES`.
pub(super) const LAST_ITEMS: &[&str] = &["last_id", "lastId"];
/// Names that say so only in an object about pages.
pub(super) const NEXT_CURSORS_INSIDE: &[&str] = &["next", "after"];
pub(super) const NEXT_URLS: &[&[&str]] = &[
    &["next_url"],
    &["nextUrl"],
    &["next_page_url"],
    &["nextPageUrl"],
    &["next_page_uri"],
    &["next_uri"],
    &["next_link"],
    &["nextLink"],
    &["@odata.nextLink"],
    &["next_records_url"],
    &["nextRecordsUrl"],
    &["__next"],
];
