<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>AbsentFolders</name>
    <message numerus="yes">
        <source>These folders are not there: {}. Connect their drive; until then, what is known of their photos is shown.</source>
        <translation>
            <numerusform>The folder {} is not there. Connect its drive; until then, what is known of its photos is shown.</numerusform>
            <numerusform>These folders are not there: {}. Connect their drive; until then, what is known of their photos is shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AnalysisRun</name>
    <message numerus="yes">
        <source>%Ln photos are analysed.</source>
        <translation>
            <numerusform>%Ln photo is analysed.</numerusform>
            <numerusform>%Ln photos are analysed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ApartDelegate</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkMarking</name>
    <message numerus="yes">
        <source>{0}: mark %Ln photos</source>
        <translation>
            <numerusform>{0}: mark %Ln photo</numerusform>
            <numerusform>{0}: mark %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln photos</source>
        <translation>
            <numerusform>Mark %Ln photo</numerusform>
            <numerusform>Mark %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are marked</source>
        <translation>
            <numerusform>%Ln is marked</numerusform>
            <numerusform>%Ln are marked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are marked for the trash.</source>
        <translation>
            <numerusform>%Ln photo is marked for the trash.</numerusform>
            <numerusform>%Ln photos are marked for the trash.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln in protected folders</source>
        <translation>
            <numerusform>%Ln in a protected folder</numerusform>
            <numerusform>%Ln in protected folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with stars</source>
        <translation>
            <numerusform>%Ln with stars</numerusform>
            <numerusform>%Ln with stars</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln that you called fine</source>
        <translation>
            <numerusform>%Ln that you called fine</numerusform>
            <numerusform>%Ln that you called fine</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln that you kept</source>
        <translation>
            <numerusform>%Ln that you kept</numerusform>
            <numerusform>%Ln that you kept</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CategoryEditor</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CleanUpQuestion</name>
    <message numerus="yes">
        <source>Also move the last copies of %Ln groups, so that nothing of them stays</source>
        <translation>
            <numerusform>Also move the last copy of %Ln group, so that nothing of it stays</numerusform>
            <numerusform>Also move the last copies of %Ln groups, so that nothing of them stays</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln photos to the trash?</source>
        <translation>
            <numerusform>Move %Ln photo to the trash?</numerusform>
            <numerusform>Move %Ln photos to the trash?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln photos to the trash</source>
        <translation>
            <numerusform>Move %Ln photo to the trash</numerusform>
            <numerusform>Move %Ln photos to the trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos stay.</source>
        <translation>
            <numerusform>%Ln photo stays.</numerusform>
            <numerusform>%Ln photos stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln groups lose photos and keep at least one each.</source>
        <translation>
            <numerusform>%Ln group loses photos and keeps at least one.</numerusform>
            <numerusform>%Ln groups lose photos and keep at least one each.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files go along (RAW, videos or sidecars of their names).</source>
        <translation>
            <numerusform>%Ln file goes along (RAW, video or sidecar of its name).</numerusform>
            <numerusform>%Ln files go along (RAW, videos or sidecars of their names).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecars are copied to the photos that stay.</source>
        <translation>
            <numerusform>%Ln sidecar is copied to the photo that stays.</numerusform>
            <numerusform>%Ln sidecars are copied to the photos that stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln marked photos stay.</source>
        <translation>
            <numerusform>%Ln marked photo stays.</numerusform>
            <numerusform>%Ln marked photos stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln marked photos stay, because all of their groups are marked.</source>
        <translation>
            <numerusform>%Ln marked photo stays, because all of its group are marked.</numerusform>
            <numerusform>%Ln marked photos stay, because all of their groups are marked.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing stays of %Ln groups.</source>
        <translation>
            <numerusform>Nothing stays of %Ln group.</numerusform>
            <numerusform>Nothing stays of %Ln groups.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CleanUpSheet</name>
    <message numerus="yes">
        <source>%Ln photos are in the dated folder</source>
        <translation>
            <numerusform>%Ln photo is in the dated folder</numerusform>
            <numerusform>%Ln photos are in the dated folder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are in the trash</source>
        <translation>
            <numerusform>%Ln photo is in the trash</numerusform>
            <numerusform>%Ln photos are in the trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos stayed where they were.</source>
        <translation>
            <numerusform>%Ln photo stayed where it was.</numerusform>
            <numerusform>%Ln photos stayed where they were.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopped: %Ln photos were not touched.</source>
        <translation>
            <numerusform>Stopped: %Ln photo was not touched.</numerusform>
            <numerusform>Stopped: %Ln photos were not touched.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CleanUps</name>
    <message numerus="yes">
        <source>%Ln photos are in {} now.</source>
        <translation>
            <numerusform>%Ln photo is in {} now.</numerusform>
            <numerusform>%Ln photos are in {} now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos were moved to the trash.</source>
        <translation>
            <numerusform>%Ln photo was moved to the trash.</numerusform>
            <numerusform>%Ln photos were moved to the trash.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are back.</source>
        <translation>
            <numerusform>%Ln photo is back.</numerusform>
            <numerusform>%Ln photos are back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be brought back: {}</source>
        <translation>
            <numerusform>%Ln could not be brought back: {}</numerusform>
            <numerusform>%Ln could not be brought back: {}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be moved: {}</source>
        <translation>
            <numerusform>%Ln could not be moved: {}</numerusform>
            <numerusform>%Ln could not be moved: {}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message numerus="yes">
        <source>%Ln decisions are not stored yet</source>
        <translation>
            <numerusform>%Ln decision is not stored yet</numerusform>
            <numerusform>%Ln decisions are not stored yet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ComputersPage</name>
    <message numerus="yes">
        <source>This computer looked at %Ln photos itself.</source>
        <translation>
            <numerusform>This computer looked at %Ln photo itself.</numerusform>
            <numerusform>This computer looked at %Ln photos itself.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DuplicatesView</name>
    <message numerus="yes">
        <source>%Ln groups</source>
        <translation>
            <numerusform>%Ln group</numerusform>
            <numerusform>%Ln groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln copies for the trash</source>
        <translation>
            <numerusform>Mark %Ln copy for the trash</numerusform>
            <numerusform>Mark %Ln copies for the trash</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilterPanel</name>
    <message numerus="yes">
        <source>%Ln stars or more</source>
        <translation>
            <numerusform>%Ln star or more</numerusform>
            <numerusform>%Ln stars or more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderModel</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridBar</name>
    <message numerus="yes">
        <source>{} of %Ln photos</source>
        <translation>
            <numerusform>{} of %Ln photo</numerusform>
            <numerusform>{} of %Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GroupModel</name>
    <message numerus="yes">
        <source>%Ln photos, reviewed</source>
        <translation>
            <numerusform>%Ln photo, reviewed</numerusform>
            <numerusform>%Ln photos, reviewed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos, {} can be freed</source>
        <translation>
            <numerusform>%Ln photo, {} can be freed</numerusform>
            <numerusform>%Ln photos, {} can be freed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LowQualityView</name>
    <message numerus="yes">
        <source>Keep %Ln</source>
        <translation>
            <numerusform>Keep %Ln</numerusform>
            <numerusform>Keep %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Trash %Ln</source>
        <translation>
            <numerusform>Trash %Ln</numerusform>
            <numerusform>Trash %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MoveSheet</name>
    <message numerus="yes">
        <source>Move %Ln photos to “{}”?</source>
        <translation>
            <numerusform>Move %Ln photo to “{}”?</numerusform>
            <numerusform>Move %Ln photos to “{}”?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln photos</source>
        <translation>
            <numerusform>Move %Ln photo</numerusform>
            <numerusform>Move %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files go along (RAW, videos or sidecars of their names).</source>
        <translation>
            <numerusform>%Ln file goes along (RAW, video or sidecar of its name).</numerusform>
            <numerusform>%Ln files go along (RAW, videos or sidecars of their names).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos stay.</source>
        <translation>
            <numerusform>%Ln photo stays.</numerusform>
            <numerusform>%Ln photos stay.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OwnCategories</name>
    <message numerus="yes">
        <source>%Ln photos are in {} now.</source>
        <translation>
            <numerusform>%Ln photo is in {} now.</numerusform>
            <numerusform>%Ln photos are in {} now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The program chooses the category of %Ln photos again.</source>
        <translation>
            <numerusform>The program chooses the category of %Ln photo again.</numerusform>
            <numerusform>The program chooses the category of %Ln photos again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PartModel</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoPreview</name>
    <message numerus="yes">
        <source>Suggested keeper of %Ln photos: {}</source>
        <translation>
            <numerusform>Suggested keeper of %Ln photo: {}</numerusform>
            <numerusform>Suggested keeper of %Ln photos: {}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>One of %Ln alike photos; suggested keeper: {}</source>
        <translation>
            <numerusform>One of %Ln alike photo; suggested keeper: {}</numerusform>
            <numerusform>One of %Ln alike photos; suggested keeper: {}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemsView</name>
    <message numerus="yes">
        <source>%Ln problems</source>
        <translation>
            <numerusform>%Ln problem</numerusform>
            <numerusform>%Ln problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln problems so far</source>
        <translation>
            <numerusform>%Ln problem so far</numerusform>
            <numerusform>%Ln problems so far</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuestionPage</name>
    <message numerus="yes">
        <source>Export %Ln photos</source>
        <translation>
            <numerusform>Export %Ln photo</numerusform>
            <numerusform>Export %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them are marked for the trash. They are exported all the same, because you chose them.</source>
        <translation>
            <numerusform>%Ln of them is marked for the trash. It is exported all the same, because you chose it.</numerusform>
            <numerusform>%Ln of them are marked for the trash. They are exported all the same, because you chose them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Link %Ln photos</source>
        <translation>
            <numerusform>Link %Ln photo</numerusform>
            <numerusform>Link %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln photos</source>
        <translation>
            <numerusform>Copy %Ln photo</numerusform>
            <numerusform>Copy %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln names exist there already: what has them stays as it is.</source>
        <translation>
            <numerusform>%Ln name exists there already: what has it stays, its photo is left out.</numerusform>
            <numerusform>%Ln names exist there already: what has them stays as it is.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About {} will be written, %Ln photos as JPEG.</source>
        <translation>
            <numerusform>About {} will be written, %Ln photo as JPEG.</numerusform>
            <numerusform>About {} will be written, %Ln photos as JPEG.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchView</name>
    <message numerus="yes">
        <source>More like %Ln photos</source>
        <translation>
            <numerusform>More like %Ln photo</numerusform>
            <numerusform>More like %Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SelectedLabel</name>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SortLine</name>
    <message numerus="yes">
        <source>%Ln changes</source>
        <translation>
            <numerusform>%Ln change</numerusform>
            <numerusform>%Ln changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusArea</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln videos are not looked at</source>
        <translation>
            <numerusform>%Ln video is not looked at</numerusform>
            <numerusform>%Ln videos are not looked at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln skipped</source>
        <translation>
            <numerusform>%Ln skipped</numerusform>
            <numerusform>%Ln skipped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln decisions wait to be stored</source>
        <translation>
            <numerusform>%Ln decision waits to be stored</numerusform>
            <numerusform>%Ln decisions wait to be stored</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TasteLine</name>
    <message numerus="yes">
        <source>My taste: {} of %Ln ratings</source>
        <translation>
            <numerusform>My taste: {} of %Ln rating</numerusform>
            <numerusform>My taste: {} of %Ln ratings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TastePanel</name>
    <message numerus="yes">
        <source>Forget %Ln ratings, and what was learned from them?</source>
        <translation>
            <numerusform>Forget %Ln rating, and what was learned from it?</numerusform>
            <numerusform>Forget %Ln ratings, and what was learned from them?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ViewerBar</name>
    <message numerus="yes">
        <source>%Ln seconds</source>
        <translation>
            <numerusform>%Ln second</numerusform>
            <numerusform>%Ln seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WatchedFolders</name>
    <message numerus="yes">
        <source>%Ln new photos found</source>
        <translation>
            <numerusform>%Ln new photo found</numerusform>
            <numerusform>%Ln new photos found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are gone</source>
        <translation>
            <numerusform>%Ln photo is gone</numerusform>
            <numerusform>%Ln photos are gone</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>computers</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>export</name>
    <message numerus="yes">
        <source>%Ln photos have a problem</source>
        <translation>
            <numerusform>%Ln photo has a problem</numerusform>
            <numerusform>%Ln photos have a problem</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are linked</source>
        <translation>
            <numerusform>%Ln photo is linked</numerusform>
            <numerusform>%Ln photos are linked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are copied</source>
        <translation>
            <numerusform>%Ln photo is copied</numerusform>
            <numerusform>%Ln photos are copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos have ratings</source>
        <translation>
            <numerusform>%Ln photo has a rating</numerusform>
            <numerusform>%Ln photos have ratings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos have a problem:</source>
        <translation>
            <numerusform>%Ln photo has a problem:</numerusform>
            <numerusform>%Ln photos have a problem:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>faces_text</name>
    <message numerus="yes">
        <source>%Ln faces</source>
        <translation>
            <numerusform>%Ln face</numerusform>
            <numerusform>%Ln faces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with eyes closed</source>
        <translation>
            <numerusform>%Ln with eyes closed</numerusform>
            <numerusform>%Ln with eyes closed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unclear</source>
        <translation>
            <numerusform>%Ln unclear</numerusform>
            <numerusform>%Ln unclear</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>history</name>
    <message numerus="yes">
        <source>These %Ln photos are never grouped again</source>
        <translation>
            <numerusform>This %Ln photo is never grouped again</numerusform>
            <numerusform>These %Ln photos are never grouped again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were changed since and stay as they are.</source>
        <translation>
            <numerusform>%Ln was changed since and stays as it is.</numerusform>
            <numerusform>%Ln were changed since and stay as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln photos to {}</source>
        <translation>
            <numerusform>Move %Ln photo to {}</numerusform>
            <numerusform>Move %Ln photos to {}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln files into the folder {}</source>
        <translation>
            <numerusform>Move %Ln file into the folder {}</numerusform>
            <numerusform>Move %Ln files into the folder {}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln photos for the trash</source>
        <translation>
            <numerusform>Mark %Ln photo for the trash</numerusform>
            <numerusform>Mark %Ln photos for the trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln safe copies for the trash</source>
        <translation>
            <numerusform>Mark %Ln safe copy for the trash</numerusform>
            <numerusform>Mark %Ln safe copies for the trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep %Ln photos</source>
        <translation>
            <numerusform>Keep %Ln photo</numerusform>
            <numerusform>Keep %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep one of %Ln photos</source>
        <translation>
            <numerusform>Keep one of %Ln photo</numerusform>
            <numerusform>Keep one of %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep all %Ln photos of a group</source>
        <translation>
            <numerusform>Keep all %Ln photo of a group</numerusform>
            <numerusform>Keep all %Ln photos of a group</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Call a group of %Ln photos reviewed</source>
        <translation>
            <numerusform>Call a group of %Ln photo reviewed</numerusform>
            <numerusform>Call a group of %Ln photos reviewed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Call %Ln photos “not duplicates”</source>
        <translation>
            <numerusform>Call %Ln photo “not a duplicate”</numerusform>
            <numerusform>Call %Ln photos “not duplicates”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ask again about a group of %Ln photos</source>
        <translation>
            <numerusform>Ask again about a group of %Ln photo</numerusform>
            <numerusform>Ask again about a group of %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Let %Ln photos be duplicates again</source>
        <translation>
            <numerusform>Let %Ln photo be a duplicate again</numerusform>
            <numerusform>Let %Ln photos be duplicates again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take the rating from %Ln photos</source>
        <translation>
            <numerusform>Take the rating from %Ln photo</numerusform>
            <numerusform>Take the rating from %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Forget the stars of %Ln photos</source>
        <translation>
            <numerusform>Forget the stars of %Ln photo</numerusform>
            <numerusform>Forget the stars of %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Let the program choose the category of %Ln photos</source>
        <translation>
            <numerusform>Let the program choose the category of %Ln photo</numerusform>
            <numerusform>Let the program choose the category of %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln photos to the trash</source>
        <translation>
            <numerusform>Move %Ln photo to the trash</numerusform>
            <numerusform>Move %Ln photos to the trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln photos</source>
        <translation>
            <numerusform>Reject %Ln photo</numerusform>
            <numerusform>Reject %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Rate %Ln photos {}</source>
        <translation>
            <numerusform>Rate %Ln photo {}</numerusform>
            <numerusform>Rate %Ln photos {}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Call %Ln photos fine</source>
        <translation>
            <numerusform>Call %Ln photo fine</numerusform>
            <numerusform>Call %Ln photos fine</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ask again about %Ln photos</source>
        <translation>
            <numerusform>Ask again about %Ln photo</numerusform>
            <numerusform>Ask again about %Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moved</name>
    <message numerus="yes">
        <source>%Ln photos moved to {}</source>
        <translation>
            <numerusform>%Ln photo moved to {}</numerusform>
            <numerusform>%Ln photos moved to {}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln because they are alike</source>
        <translation>
            <numerusform>%Ln because it is alike</numerusform>
            <numerusform>%Ln because they are alike</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>progress</name>
    <message numerus="yes">
        <source>Analysing on %Ln computers…</source>
        <translation>
            <numerusform>Analysing on %Ln computer…</numerusform>
            <numerusform>Analysing on %Ln computers…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>search</name>
    <message numerus="yes">
        <source>%Ln exact matches come first, then what photos show.</source>
        <translation>
            <numerusform>%Ln exact match comes first, then what photos show.</numerusform>
            <numerusform>%Ln exact matches come first, then what photos show.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The best %Ln photos, best first.</source>
        <translation>
            <numerusform>The best %Ln photo.</numerusform>
            <numerusform>The best %Ln photos, best first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos fit, best first; nothing else does.</source>
        <translation>
            <numerusform>%Ln photo fits; nothing else does.</numerusform>
            <numerusform>%Ln photos fit, best first; nothing else does.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{}: %Ln photos are like it</source>
        <translation>
            <numerusform>{}: %Ln photo is like it</numerusform>
            <numerusform>{}: %Ln photos are like it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{}: %Ln photos</source>
        <translation>
            <numerusform>{}: %Ln photo</numerusform>
            <numerusform>{}: %Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>stars</name>
    <message numerus="yes">
        <source>%Ln stars</source>
        <translation>
            <numerusform>%Ln star</numerusform>
            <numerusform>%Ln stars</numerusform>
        </translation>
    </message>
</context>
</TS>
